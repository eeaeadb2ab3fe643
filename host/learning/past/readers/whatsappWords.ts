/** Sentences that WhatsApp itself writes into an export, in English, German, Spanish, French and Portuguese. */

const anyOf = (...sources: readonly string[]): RegExp => new RegExp(`^(?:${sources.join('|')})$`, 'iu')

/** A message that was deleted; nothing of its words is left. */
export const deletedLine = anyOf(
  String.raw`(?:this message was deleted|you deleted this message|this message was deleted by admin.*)\.?`,
  String.raw`(?:diese nachricht wurde gelöscht|du hast diese nachricht gelöscht)\.?`,
  String.raw`(?:se eliminó este mensaje|este mensaje (?:fue eliminado|se eliminó)|eliminaste este mensaje)\.?`,
  String.raw`(?:ce message a été supprimé|vous avez supprimé ce message)\.?`,
  String.raw`(?:(?:essa |esta )?mensagem (?:foi )?apagada|você apagou esta mensagem|apagou esta mensagem)\.?`,
)

const omitted =
  '(?:omitted|weggelassen|ausgeschlossen|omitid[oa]s?|omise?s?|absente?s?|ocult[oa]s?|ocultad[oa]s?|não revelad[oa])'
const mediaNames =
  '(?:media|medien|multimedia|médias?|mídia|arquivo de mídia|image|video|audio|sticker|gif|document|contact card|bild|audiodatei|dokument|kontaktkarte|imagen|vídeo|documento|tarjeta de contacto|image|vidéo|autocollant|fiche contact|imagem|áudio|figurinha|cartão do contato)'

/** Something other than words, left out by the export. */
export const mediaLine = anyOf(
  String.raw`<\s?${mediaNames} ${omitted}\s?>`,
  `${mediaNames} ${omitted}`,
  String.raw`.{1,200} \((?:file attached|datei angehängt|archivo adjunto|fichier joint|arquivo anexado)\)`,
  String.raw`(?:location|standort|ubicación|position|localisation|localização)\s?: https?:\/\/\S+`,
)

/** What follows the words of a message that was changed later. */
export const editedMark =
  /\s*<\s?(?:this message was edited|diese nachricht wurde bearbeitet|se editó este mensaje|este mensaje se editó|ce message a été modifié|mensagem editada|esta mensagem foi editada)\.?\s?>\s*$/iu

/** A picture or file at the end of a message. */
export const attachedMark =
  /\s*<\s?(?:attached|anhang|adjunto|archivo adjunto|pièce jointe|anexado|anexo)\s?:[^>]{1,200}>\s*$/iu

/** Lines with a name before them that no person wrote: calls, encryption. */
export const systemLine = new RegExp(
  [
    'end-to-end encrypted|ende-zu-ende-verschlüsselt|cifrados de extremo a extremo|chiffrés de bout en bout|criptografia de ponta a ponta',
    '^(?:missed (?:voice|video) call|verpasster (?:sprach|video)anruf|llamada (?:de voz|de vídeo|de video)? ?perdida|appel (?:vocal|vidéo) manqué|chamada de (?:voz|vídeo) perdida)',
    '^(?:null)$',
  ].join('|'),
  'iu',
)

/** Lines that only a group has. */
export const groupLine =
  /created (?:this )?group|hat die gruppe .{0,80}erstellt|creó (?:el|este) grupo|a créé (?:le|ce) groupe|criou (?:o|este) grupo|(?:joined using|ist .{0,40}beigetreten|se unió|a rejoint|entrou usando).{0,60}(?:link|einladung|enlace|lien)/iu
