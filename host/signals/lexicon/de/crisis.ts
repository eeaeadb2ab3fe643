import type { CrisisLexicon } from '../lexicon.ts'
import { groups, signs } from './danger.ts'
import { idioms } from './idioms.ts'
import { pairs } from './pairs.ts'

export const crisis: CrisisLexicon = {
  groups,
  signs,
  pairs,
  topics: {
    suicide: [
      'selbstmord|suizid|suizidal|suizidgefahrdet|uberdosis|selbstmorder',
      'sich ~2 umgebracht|erhangt|erschossen|leben_genommen|aufgehangt|umbrachte|umbringt',
      'nahm sich ~1 das leben',
      'brachte sich um',
    ],
    self_harm: ['selbstverletzung|selbstverletzendes|ritzen'],
    harm_to_others: [],
    abuse: ['missbrauch|misshandlung|vergewaltigung', 'hausliche|sexuelle|sexueller|hauslicher gewalt|missbrauch'],
  },
  idioms,
  now: [
    'heute|jetzt|gleich',
    'heute nacht|abend|noch',
    'noch heute',
    'lebt|leb wohl',
    'in|einer paar|stunde minuten|stunden|$',
    'es ist soweit',
    'in der hand',
    'habe|hab ~2 tabletten|strick|messer|pistole|seil|waffe',
  ],
  negators: ['nicht|nie|niemals|kein|keine|keinen|keinerlei|ohne|weder|noch_nie|nichts'],
  carriers: [
    'mich|mir|ich|will|wollte|wurde|werde|zu|gedanken|an|daran|plane|plan|absicht|absichten|vor|dass|habe|hatte|selbst|das|etwas|was|leben|einen|mehr_ernsthaft|wirklich|ernsthaft|akut|bin|und|oder|je|jemals|versucht|gedacht|er|sie|hat|uber|von',
  ],
  denialEnds: ['heute|jetzt|noch|aber|mehr_leben|sicher|bevor|ausser|diesmal|so_schnell'],
  longAgo: [
    'vor ~2 jahren|langer_zeit|jahrzehnten|ewigkeiten',
    'letztes jahr',
    'als kind|jugendliche|jugendlicher|teenager|teenie|jugendlichen|schuler|schulerin|studentin|student',
    'als ich ~2 klein|jung|kind|jugendlich|teenager|junger|zwolf|vierzehn|funfzehn|sechzehn|siebzehn|12|13|14|15|16|17|18|ein_kind|schule',
    'in|wahrend meiner jugend|kindheit|schulzeit|studienzeit|teenagerzeit|pubertat',
    'mit 12|13|14|15|16|17|18|zwolf|vierzehn|funfzehn|sechzehn|siebzehn|achtzehn ~1',
    'damals|fruher',
    'in der vergangenheit|schulzeit|jugend|kindheit',
  ],
  returning: [
    'wieder',
    'zuruck|zuruckgekommen|wiedergekommen',
    'in letzter zeit',
    'zurzeit|momentan|gerade|heute|jetzt|immer_noch|erneut|gestern|neuerdings',
    'jeden tag|abend|morgen',
    'jede nacht',
    'letzte nacht|woche',
    'immer noch',
  ],
  involved: ['ich|mich|mir|mein|meine|meinen|meinem|meiner|uns|unser|unsere|wir|mama|papa|hilfe|hilf|bitte'],
  harmed: [
    'mich|mir|mein|meine|meinen|meinem|meiner|uns|unser|unsere|mama|papa|hilfe',
    'ich wurde|werde|bin|wurd',
    'wurde|werde|bin ich',
  ],
  crowd: [
    'menschen|leute|jugendliche|jugendlichen|rate|raten|prozent|gesellschaft|viele|opfer|patienten|frauen|manner|bevolkerung|studie|studien|falle|zahl|tater|soldaten|manche',
  ],
  firstPerson: ['ich|mich|mir|mein|meine|meinem|meinen|meiner'],
  otherPeople: [
    '@relative|@acquaintance',
    'er|sie|sich|mann|frau|typ|madchen|junge|figur|held|hauptfigur|schauspieler|sanger|jemand|freundin|person|patientin|schuler|bekannte|promi',
  ],
  otherPast: [
    'war|hatte|starb|gestorben|nahm|erhangte|erhangt|brachte|umgebracht|erschoss|erschossen|verloren|todestag|sprang|hat_sich|genommen|versuchte|damals',
  ],
  atDistance: [
    'pravention|suizidpravention|workshop|kurs|seminar|schulung|fortbildung|film|serie|buch|roman|doku|dokumentation|podcast|lied|song|artikel|bericht|nachrichten|statistik|statistiken|studie|rate|kampagne|ehrenamtlich|ehrenamt|hotline|telefonseelsorge|krimi|folge|kapitel|figur|theaterstuck|stuck|gedicht|vortrag|forschung|szene|spiel|verein|hausarbeit|referat|bachelorarbeit|tatort',
  ],
  questions: {
    suicide: [
      'umbringen|umzubringen|suizidgedanken|suizid|selbstmord|selbstmordgedanken|suizidal|sterben|anzutun|antun|selbstmordgedanken',
      'leben ~1 nehmen|beenden|zu_nehmen|zu_beenden',
      'dir|sich ~1 etwas|was antun|anzutun|angetan',
    ],
    self_harm: [
      'ritzt|ritzen|verletzt|verletzen ~1 du|dich|selbst|sie',
      'dich|sich ~2 selbst|ritzen ~2 verletzen|verletzt|zu_verletzen|$',
      'selbstverletzung',
    ],
    harm_to_others: [
      'jemandem|anderen|ihm|ihr|jemanden ~2 antun|anzutun|verletzen|weh_zu_tun|wehtun|umbringen|etwas_anzutun',
    ],
    abuse: [
      'schlagt|bedroht|verletzt|schlug|tut|fasst ~2 er|sie|dich|jemand|dir ~3',
      'dich ~2 geschlagen|bedroht|verletzt|angefasst',
    ],
  },
  safetyQuestions: ['bist|fuhlst|sind|sicher ~3 sicher|du', 'in sicherheit'],
  yes: [
    'ja|jap|jo|jepp|jaa|manchmal|oft|immer|vielleicht|schon|klar|leider|standig|dauernd|ofters|ab_und_zu|gelegentlich|nachts|bisschen|jein',
    'ja leider|schon|manchmal',
    'ein bisschen|wenig',
    'jeden tag|abend',
    'jede nacht',
    'glaube schon',
    'ich glaube',
    'weiss nicht',
    'kann sein',
    'hab ich',
    'tut er|sie',
  ],
  no: [
    'nein',
    'ne|nee|noe|nope|nicht',
    'nicht wirklich|so|ganz',
    'eher nicht',
    'weiss nicht',
    'ich glaube nicht',
    'keine ahnung',
    'kann ich nicht',
  ],
}
