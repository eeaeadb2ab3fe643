import { wordsOf } from '../../retrieval/index.ts'

// Irregular English verbs and plurals; left out where the form is also another common word (bit, ground, rose, wound).
const forms = `
  arise arose arisen, awake awoke awoken, beat beaten, become became, begin began begun, bend bent, bind bound,
  bleed bled, blow blew blown, break broke broken, breed bred, bring brought, build built, burn burnt, buy bought,
  catch caught, choose chose chosen, cling clung, come came, creep crept, deal dealt, dig dug, draw drew drawn,
  dream dreamt, drink drank drunk, drive drove driven, eat ate eaten, fall fell fallen, feed fed, feel felt,
  fight fought, find found, flee fled, fly flew flown, forbid forbade forbidden, forget forgot forgotten,
  forgive forgave forgiven, freeze froze frozen, get got gotten, give gave given, go went gone, grow grew grown,
  hang hung, hear heard, hide hid hidden, hold held, keep kept, kneel knelt, know knew known, lay laid, lead led,
  lean leant, leap leapt, learn learnt, leave left, lend lent, lose lost, make made, mean meant, meet met,
  mistake mistook mistaken, overcome overcame, pay paid, ride rode ridden, ring rang rung, rise risen, run ran,
  say said, see saw seen, seek sought, sell sold, send sent, sew sewn, shake shook shaken, shine shone,
  shoot shot, show shown, shrink shrank shrunk, sing sang sung, sink sank sunk, sit sat, sleep slept, slide slid,
  speak spoke spoken, spell spelt, spend spent, spill spilt, spin spun, spring sprang sprung, stand stood,
  steal stole stolen, stick stuck, sting stung, strike struck stricken, strive strove striven, swear swore sworn,
  sweep swept, swell swollen, swim swam swum, swing swung, take took taken, teach taught, tear tore torn,
  tell told, think thought, throw threw thrown, understand understood, undertake undertook undertaken, wake woke woken,
  wear wore worn, weave wove woven, weep wept, win won, withdraw withdrew withdrawn, write wrote written,
  child children, foot feet, goose geese, half halves, knife knives, life lives, loaf loaves, man men, mouse mice,
  person people, shelf shelves, thief thieves, tooth teeth, wife wives, wolf wolves, woman women
`

const termOf = (word: string): number => wordsOf(word)[0]?.term ?? 0

const baseTerms: ReadonlyMap<number, number> = new Map(
  forms.split(',').flatMap((group) => {
    const [base = '', ...others] = group.trim().split(/\s+/)
    return others.map((other) => [termOf(other), termOf(base)] as const)
  }),
)

/** The term of a word's base form where it is irregular, such as `go` for `went`; otherwise the same term. */
export const baseOf = (term: number): number => baseTerms.get(term) ?? term
