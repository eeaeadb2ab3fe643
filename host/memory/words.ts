import { stemmer } from 'stemmer'
import { foldAccents } from './fold.ts'

const list = (words: string): readonly string[] => words.split(' ')

/** Words that say little about what a client speaks of, in the languages that are read; a topic is none of them. */
const saysLittle: ReadonlySet<string> = new Set([
  ...list(
    "a about above actually after again against ago all almost alone along already also although always am an and another any anymore anyone anything anyway are aren around as ask asked at away back bad be because been before began being believe best better between big bit both but by call called came can can't cannot come could couldn couple day days did didn different do does doesn doing don done down during each early either else enough even evening ever every everybody everyone everything far feel feeling feels felt few fine first for found from full get gets getting give go goes going gone gonna good got great guess had half happen happened hard has hasn have haven having he hello her here hers herself hey hi him himself his hope hours how however idea if in instead into is isn it it's its itself just keep kept kind knew know known last late later least left less let life like likely little long look looked looking lot lots love made make makes making many may maybe me mean means might mine minutes moment month months more morning most much must my myself near need needed needs never new next nice night no nobody non nor not nothing now of off often oh ok okay old on once one ones only onto or other others our ours out over own part past people perhaps person place please point probably put quite rather really right said same saw say saying says see seem seemed seems seen sent several shall she should shouldn since small so some somehow someone something sometimes soon sorry start started still stop stuff such sure take taken talk talked talking tell than thank thanks that that's the their theirs them themselves then there these they thing things think thinking this those though thought through thing time times to today together told tomorrow tonight too took tried true try trying turn two under until up upon us use used usually very via want wanted wants was wasn way we week weekend weeks well went were weren what whatever when where whether which while who whole whom whose why will with within without won wonder word words work worked working works would wouldn wrong year years yes yesterday yet you you're your yours yourself i i'm i've i'll i'd",
  ),
  ...list(
    'de la que el en y a los del se las por un para con no una su al lo como mas pero sus le ya o este si porque esta entre cuando muy sin sobre tambien me hasta hay donde quien desde todo nos durante todos uno les ni contra otros ese eso ante ellos esto mi antes algunos unos yo otro otras tanto esa estos mucho nada muchos cual poco ella estar estas algo nosotros mis tu te ti es soy eres son era fue ser tengo tiene he ha hoy manana ayer quiero voy hacer puedo dia dias semana bien mal gracias hola vez creo',
  ),
  ...list(
    'aber alle als also am an auch auf aus bei bin bis bist da damit dann das dass dein deine dem den denn der des dich die dies diese doch dort du durch ein eine einem einen einer es euch fur gegen gewesen hab habe haben hat hatte heute hier hin ich ihm ihn ihr ihre im immer in ist ja jede jetzt kann kein keine konnen konnte machen mal man mein meine meinem meinen mich mir mit morgen muss nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seit sich sie sind so soll tag tage uber um und uns unser unter viel vom von vor war waren was weil wenn wer werde werden wie wieder will wir wird wo woche zu zum zur danke hallo gut gestern',
  ),
  ...list(
    'au aux avec ce ces cela ca comme dans des du elle elles est et etait etre eu fait faire il ils je la le les leur lui ma mais me meme mes moi mon ne nos notre nous on ou par pas plus pour quand que quel qui sa sans se ses si son sont sur ta te tes toi ton tout tous tres tu un une va vais vos votre vous suis ai as avez aussi bien jour jours semaine demain hier aujourd hui merci bonjour peux veux alors encore',
  ),
  ...list(
    'ao aos aquela aquele as ate com como da das dele deles depois do dos e ela elas ele eles em entre era essa esse esta estava estou eu foi ha isso isto ja lhe mais mas me mesmo meu meus minha muito na nao nas nem no nos nossa num o os ou para pela pelo por porque quando que quem se sem ser seu sua sao so sou tambem te tem tenho ter teu tu tua um uma vai vou voce amanha hoje ontem dia dias semana quero fazer posso bem obrigado obrigada ola acho',
  ),
])

const word = /[\p{L}\p{N}][\p{L}\p{N}'-]*/gu

const ending = /(?:'s|n't|'(?:ll|d|m|re|ve))$/u

/** Words that say something, folded, in the order in which they stand, and where each begins. */
export const placedContentWords = (text: string): { word: string; start: number }[] =>
  Array.from(foldAccents(text).matchAll(word), ({ 0: one, index }) => ({
    word: one.replace(ending, ''),
    start: index,
  })).filter(({ word: one }) => one.length > 2 && !saysLittle.has(one) && !/^\d+$/u.test(one))

/** The same without their places. */
export const contentWords = (text: string): string[] => placedContentWords(text).map(({ word: one }) => one)

/** Such words as their stems, once each and sorted; the words themselves where all of them say little. */
export const stemsOf = (text: string): string[] => {
  const found = contentWords(text)
  const words = found.length > 0 ? found : (foldAccents(text).match(word) ?? [])
  return [...new Set(words.map((one) => (/^[a-z]+$/.test(one) ? stemmer(one) : one)))].sort()
}
