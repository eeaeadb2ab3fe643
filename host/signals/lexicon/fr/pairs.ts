import type { HintPair } from '../lexicon.ts'

export const pairs: readonly HintPair[] = [
  {
    kind: 'suicide',
    one: [
      'cachets|comprimes|medicaments|corde|lame|rasoir|pont|rails|voies|toit|balcon|fusil|pistolet|falaise|fenetre|rambarde',
    ],
    other: [
      'me|moi ~1 imagine|vois|voyais|imaginer ~2 sauter|tomber|dessus|morte|mort|passer',
      'sauter|jeter|mourir|en_finir|tentant|tentante|tentation|tente|attire|tous_les_prendre|tous_les_avaler|courage|adieu|arreter_de_souffrir|fixe|regarde_longtemps|regardais|lacher|impulsion',
    ],
  },
  {
    kind: 'suicide',
    one: ['vivre|reveiller|exister|lever|etre_en_vie|respirer|ma_vie|nee|survecu|naitre'],
    other: [
      'deteste|hais|regrette|punition|torture|enfer|erreur|fardeau|insupportable|inutile|merite|malediction|cauchemar',
      'aucune|pas|plus|rien ~2 raison|sens|force|envie|peine|valeur|vaut|interet',
      'fatigue|fatiguee|marre|epuise|epuisee|lasse de ~1',
    ],
  },
  {
    kind: 'suicide',
    one: ['quand|si|une_fois|lorsque ~1 je ~2 serai_plus|plus_la|partie|parti|morte|mort|serai_morte|serai_mort'],
    other: [
      'chien|chat|enfants|mere|affaires|economies|lettres|lettre|enterrement|occupe|occupez|soeur|frere|code|comptes',
    ],
  },
  {
    kind: 'self_harm',
    one: ['mon|mes|les|le ~1 bras|poignet|poignets|cuisse|cuisses|peau|jambes|avant_bras|ventre'],
    other: [
      'coupures|sang|saigner|saigne|plaies|entailles|lame|rasoir|briquet|cigarette|me_couper|scarifie|brule|coupe',
    ],
  },
  {
    kind: 'abuse',
    one: ['mari|copain|conjoint|pere|beau_pere|ex|mere|copine|femme|oncle|frere|il'],
    other: [
      'me|nous ~1 frappe|bat|gifle|pousse|etrangle|menace|viole|force|enferme|cogne|tabasse|touche',
      'dans mon lit',
      'me|nous a|avait ~1 frappe|battue|gifle|etrangle|pousse|menacee|violee|forcee|enfermee|tabassee|cogne',
    ],
  },
]
