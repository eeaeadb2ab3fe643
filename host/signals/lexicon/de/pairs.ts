import type { HintPair } from '../lexicon.ts'

export const pairs: readonly HintPair[] = [
  {
    kind: 'suicide',
    one: [
      'tabletten|pillen|strick|seil|messer|klinge|rasierklinge|brucke|gleise|gleisen|dach|balkon|pistole|zug|zuge|abgrund',
    ],
    other: [
      'springen|spring|runterspringen|davor_werfen|werfen|stelle_mir|vorstelle|verlockend|verlockt|reizt|alle_nehmen|alle_schlucken|sterben|schluss|vorbei_ist|abschied|mut|angestarrt|starre|anstarre|drang|sturzen|loslassen|einfach_fallen',
    ],
  },
  {
    kind: 'suicide',
    one: ['leben|aufwachen|aufstehen|existieren|weiterleben|da_sein|atmen|geboren|uberlebt|am_leben'],
    other: [
      'hasse|bereue|strafe|qual|holle|fehler|last|unertraglich|sinnlos|wertlos|verdiene|fluch|albtraum',
      'keinen|kein|nichts|keine|nicht ~2 grund|sinn|kraft|lust|mehr_wert|lohnt|wert',
      'mude|satt|leid|erschopft ~2',
    ],
  },
  {
    kind: 'suicide',
    one: ['wenn|falls|sobald ~1 ich ~2 nicht_mehr_da|weg|tot|nicht_mehr|sterbe|gehe_fur_immer'],
    other: [
      'hund|katze|kinder|mama|sachen|ersparnisse|briefe|brief|beerdigung|kummert|kummere|passwort|schwester|bruder|konto',
    ],
  },
  {
    kind: 'self_harm',
    one: [
      'mein|meine|meinen|meinem|die|den|mir ~1 arm|arme|armen|handgelenk|handgelenke|oberschenkel|haut|beine|beinen|unterarm|unterarme',
    ],
    other: [
      'schnitte|blut|bluten|blutet|wunden|narben|klinge|rasierklinge|feuerzeug|zigarette|ritzen|geritzt|aufgeschnitten|verbrannt|aufkratze',
    ],
  },
  {
    kind: 'abuse',
    one: ['mann|freund|vater|papa|stiefvater|ex|partner|mama|freundin|frau|onkel|bruder|er'],
    other: [
      'schlagt|schlug|prugelt|wurgt|wurgte|tritt|bedroht|vergewaltigt|zwingt|schubst|stosst|sperrt ~1 mich|uns',
      'in mein bett|zimmer_nachts',
      'mich|uns ~2 geschlagen|gewurgt|getreten|bedroht|vergewaltigt|gezwungen|geschubst|eingesperrt|verprugelt',
    ],
  },
]
