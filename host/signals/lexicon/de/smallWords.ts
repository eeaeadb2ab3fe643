export const smallWords: ReadonlySet<string> = new Set(
  [
    'der die das den dem des ein eine einen einem einer eines kein keine keinen keinem und oder aber denn weil dass ob wenn als wie wo wann warum wer was wen wem welche',
    'ich du er sie es wir ihr mich dich sich uns euch mir dir ihm ihn ihnen mein meine meinen meinem meiner dein deine sein seine seinen unser unsere euer',
    'bin bist ist sind seid war waren gewesen habe hab hast hat haben hatte hatten werde wird werden wurde wurden kann kannst konnen konnte muss mussen musste soll sollte darf will willst wollen wollte mag mochte mache macht machen gemacht gehe geht gehen ging komme kommt sage sagt gesagt weiss weisst wissen',
    'nicht nichts nie niemals niemand immer wieder noch schon nur auch sehr so zu zum zur von vom mit ohne bei beim aus auf an am in im fur gegen nach uber unter vor hinter zwischen durch um seit bis ab',
    'ja nein doch mal dann da hier dort jetzt heute morgen gestern abend nacht tag woche jahr leben arbeit zeit alles etwas was mehr viel ganz gar gut schlecht besser bitte danke hallo tschuss guten leute halt eben eigentlich vielleicht einfach irgendwie ned net nich ned nix ne nen isch',
  ]
    .join(' ')
    .split(' '),
)
