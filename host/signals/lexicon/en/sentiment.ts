import type { SentimentLexicon } from '../lexicon.ts'

const weights: Readonly<Record<number, string>> = {
  4: 'ecstatic euphoric overjoyed',
  3: 'amazing wonderful fantastic brilliant thrilled delighted awesome incredible breakthrough excellent love loved perfect joy joyful elated',
  2: 'great happy proud excited grateful thankful glad hopeful confident relieved optimistic inspired celebrate win won success succeeded strong motivated energized beautiful enjoy enjoyed enjoying best fun laugh laughed peaceful smiling clarity accomplished achieved',
  1: 'good nice better calm fine okay ok helpful thanks thank interesting progress improved improving easier hope well useful pleased ready curious steady solid cool yay',
  '-1': 'tired busy unsure nervous confused bored slow late difficult hard worried worry stuck sorry annoyed wrong lost miss missed doubt doubts tough restless behind rough skeptical messy tense moody drained',
  '-2': 'sad bad angry upset anxious anxiety stressed stress frustrated frustrating afraid scared hurt hurts pain painful cry crying cried lonely alone fail failed failing failure exhausted overwhelmed overwhelming guilty ashamed ugly fear weak unhappy disappointed jealous regret mess struggling struggle struggled hate hated furious sick crisis panic panicking useless stupid problem worse rejected empty numb trapped humiliated insecure broke fight fighting',
  '-3': 'terrible horrible awful worst devastated miserable depressed desperate hopeless worthless disgusting unbearable broken terrified nightmare betrayed heartbroken destroyed ruined pathetic helpless despair hell agony shattered grief tormented pointless abandoned',
  '-4': 'suicidal',
}

const words = Object.fromEntries(
  Object.entries(weights).flatMap(([weight, list]) => list.split(' ').map((word) => [word, Number(weight)] as const)),
)

export const sentiment: SentimentLexicon = {
  words,
  phrases: [
    { phrase: 'fed up', weight: -2 },
    { phrase: 'falling|fell apart', weight: -3 },
    { phrase: 'cant cope|breathe|sleep|stop_crying|go_on|take_this|do_this', weight: -3 },
    { phrase: 'give|giving|gave up', weight: -2 },
    { phrase: 'burned|burnt|burning out', weight: -2 },
    { phrase: 'not good enough', weight: -3 },
    { phrase: 'hate myself|my_life', weight: -4 },
    { phrase: 'not bad', weight: 1 },
    { phrase: 'no problem|worries', weight: 1 },
    { phrase: 'look|looking forward', weight: 2 },
    { phrase: 'cant wait', weight: 2 },
    { phrase: 'let down', weight: -2 },
    { phrase: 'killed|nailed|crushed|smashed it', weight: 3 },
    { phrase: 'want to die', weight: -4 },
    { phrase: 'wanna die', weight: -4 },
    { phrase: 'kill myself', weight: -4 },
    { phrase: 'nothing|noone matters|cares|helps', weight: -3 },
    { phrase: 'all my fault', weight: -3 },
  ],
  negators: new Set(['not', 'dont', 'didnt', 'wont', 'never', 'no', 'isnt', 'arent', 'wasnt', 'werent', 'havent', 'hasnt', 'hardly', 'barely', 'without', 'cant', 'couldnt', 'wouldnt', 'nothing', 'neither']),
  intensifiers: {
    very: 1.4, really: 1.3, so: 1.3, extremely: 1.6, incredibly: 1.5, totally: 1.4, completely: 1.5, absolutely: 1.5, utterly: 1.6, super: 1.4, too: 1.2, such: 1.2, deeply: 1.5,
    quite: 1.1, pretty: 1.1, slightly: 0.5, somewhat: 0.6, little: 0.5, bit: 0.5, kinda: 0.7, fairly: 0.9, most: 1.2, more: 1.1, beyond: 1.4,
  },
  emoji: { '😀': 2, '😃': 2, '😄': 2, '😁': 2, '😊': 2, '🙂': 1, '😍': 3, '🥰': 3, '❤': 2, '🎉': 3, '🙏': 1, '👍': 1, '💪': 2, '😂': 1, '🤣': 1, '😢': -2, '😭': -2, '😞': -2, '😔': -2, '😡': -3, '😠': -2, '😰': -2, '😩': -2, '😱': -2, '💔': -3, '🙁': -1 },
  turns: new Set(['but', 'however', 'although', 'though']),
}
