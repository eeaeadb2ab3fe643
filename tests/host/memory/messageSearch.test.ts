import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { messages } from '../../../db/schema/index.ts'
import { createMessageSearch } from '../../../host/memory/index.ts'
import { seededRandom } from '../../soak/random.ts'
import { clone, coach, dayMs, fillDays, noon, openTalk } from './talk.ts'

const talkWith = (id = 'ada') => {
  const talk = openTalk()
  talk.addClient(id)
  return talk
}

describe('what a client said is found', () => {
  it('by other forms of its words, irregular ones too', () => {
    const talk = talkWith()
    fillDays(talk, 'ada')
    const [seq] = talk.say('ada', noon - dayMs, 'I swam across the lake and forgot my worries.')
    expect(talk.ask('ada', 'Where did I swim?')[0]).toBe(seq)
    expect(talk.ask('ada', 'when do they forget a worry')[0]).toBe(seq)
  })

  it('by the kind of thing it tells of, after what names the kind itself', () => {
    const talk = talkWith()
    fillDays(talk, 'ada')
    const [violin] = talk.say('ada', noon - 9 * dayMs, 'My violin and I had a quiet evening.')
    const [instrument] = talk.say('ada', noon - 5 * dayMs, 'An instrument is good company.')
    const [hamster] = talk.say('ada', noon - 3 * dayMs, 'My hamster and I had a quiet evening.')
    expect(talk.ask('ada', 'Which instruments does she play?').slice(0, 2)).toEqual([instrument, violin])
    expect(talk.ask('ada', 'Any pets?')[0]).toBe(hamster)
    expect(talk.ask('ada', 'What about the violin?')).not.toContain(instrument)
  })

  it('by the question that a short answer answers', () => {
    const talk = talkWith()
    fillDays(talk, 'ada')
    const [, answer] = talk.say(
      'ada',
      noon - dayMs,
      coach('Which month will the marathon be?'),
      'May, if all goes well.',
    )
    expect(talk.ask('ada', 'marathon month')[0]).toBe(answer)
  })

  it('not by a question of another day', () => {
    const talk = talkWith()
    talk.say('ada', noon - 2 * dayMs, coach('Which month will the marathon be?'))
    const [later] = talk.say('ada', noon - dayMs, 'Good morning to you.')
    expect(talk.ask('ada', 'marathon month')).not.toContain(later)
  })

  it('by the one of the two whom the question names, whose name is not searched for', () => {
    const talk = talkWith()
    const [hers, his] = talk.say('ada', noon - dayMs, 'Robin, the piano calms me.', clone('Ada, a piano calms many.'))
    fillDays(talk, 'ada', noon - 60 * dayMs)
    expect(talk.ask('ada', 'What did Ada say about the piano?')[0]).toBe(hers)
    expect(talk.ask('ada', 'What did Robin say about the piano?')[0]).toBe(his)
  })

  it('before what only asks the same', () => {
    const talk = talkWith()
    const [asks] = talk.say('ada', noon - 3 * dayMs, coach('How is the allotment doing, any beans yet?'))
    const [says] = talk.say('ada', noon - 9 * dayMs, 'The allotment is doing well, lots of beans now.')
    expect(talk.ask('ada', 'allotment beans')).toEqual([says, asks])
  })

  it('by the time it was said, though other days tell of the same', () => {
    const talk = talkWith()
    const seqs = [60, 45, 30, 14, 3].map(
      (days) => talk.say('ada', noon - days * dayMs, 'I realised something about my father.')[0],
    )
    expect(talk.ask('ada', 'What did I realise two weeks ago?')[0]).toBe(seqs[3])
    expect(talk.ask('ada', 'What did I realise on 17 January?')[0]).toBe(seqs[0])
  })

  it('by its time alone, where nothing else is asked', () => {
    const talk = talkWith()
    fillDays(talk, 'ada')
    const found = talk.ask('ada', 'And what was it two weeks ago?')
    expect(found.length).toBeGreaterThan(0)
    for (const seq of found) {
      const at = talk.queries.select().from(messages).where(eq(messages.seq, seq)).get()?.sentAt ?? 0
      expect(Math.abs(noon - 14 * dayMs - at)).toBeLessThan(8 * dayMs)
    }
  })

  it('in Spanish and in Japanese', () => {
    const talk = talkWith()
    fillDays(talk, 'ada')
    const [spanish] = talk.say('ada', noon - 2 * dayMs, 'Mi hermana se muda a Sevilla en otoño.')
    const [japanese] = talk.say('ada', noon - dayMs, '昨日、母と海辺を散歩しました。')
    expect(talk.ask('ada', '¿A dónde se muda mi hermana?')[0]).toBe(spanish)
    expect(talk.ask('ada', '海辺の散歩')[0]).toBe(japanese)
  })

  it('only where it stands before a given message', () => {
    const talk = talkWith()
    const [first, second, question] = talk.say('ada', noon, 'Tea helps.', 'Mint tea helps most.', 'Which tea helps?')
    expect(talk.ask('ada', 'Which tea helps?', { before: question ?? 0 }).sort()).toEqual([first, second])
  })
})

describe('a search follows what happens to messages', () => {
  const piano = 'Playing the piano at night calms me.'

  it('finds what was said after the last search', () => {
    const talk = talkWith()
    fillDays(talk, 'ada')
    expect(talk.ask('ada', 'piano')).toEqual([])
    const [seq] = talk.say('ada', noon, piano)
    expect(talk.ask('ada', 'piano')[0]).toBe(seq)
  })

  it('no longer finds what was taken back, deleted or never delivered', () => {
    const talk = talkWith()
    const seqs = [3, 2, 1].map((days) => talk.say('ada', noon - days * dayMs, clone(piano))[0] ?? 0)
    const [takenBack = 0, deleted = 0, failed = 0] = seqs
    expect(talk.ask('ada', 'piano')).toHaveLength(3)
    talk.change(takenBack, { removedAt: noon })
    expect(talk.ask('ada', 'piano')).toEqual([failed, deleted])
    talk.change(failed, { deliveryStatus: 'failed' })
    expect(talk.ask('ada', 'piano')).toEqual([deleted])
    talk.sqlite.prepare('DELETE FROM messages WHERE seq = ?').run(deleted)
    expect(talk.ask('ada', 'piano')).toEqual([])
    talk.change(failed, { deliveryStatus: 'sent' })
    expect(talk.ask('ada', 'piano')).toEqual([failed])
  })

  it('finds an edited message by its new words and not by the old ones', () => {
    const talk = talkWith()
    fillDays(talk, 'ada')
    const [seq = 0] = talk.say('ada', noon - dayMs, piano)
    expect(talk.ask('ada', 'piano')).toContain(seq)
    talk.change(seq, { content: 'Playing the cello at night calms me.', editedAt: noon })
    expect(talk.ask('ada', 'piano')).toEqual([])
    expect(talk.ask('ada', 'cello')[0]).toBe(seq)
  })

  it('finds a message with the client it was moved to', () => {
    const talk = talkWith()
    talk.addClient('bea')
    const [seq = 0] = talk.say('ada', noon - 2 * dayMs, piano)
    talk.say('bea', noon - dayMs, 'Nothing to tell today.')
    expect([talk.ask('ada', 'piano'), talk.ask('bea', 'piano')]).toEqual([[seq], []])
    talk.change(seq, { clientId: 'bea' })
    expect([talk.ask('ada', 'piano'), talk.ask('bea', 'piano')]).toEqual([[], [seq]])
  })

  it('never finds what the house itself sent', () => {
    const talk = talkWith()
    talk.say('ada', noon - dayMs, { by: 'system', text: 'An AI answers here.' })
    expect(talk.ask('ada', 'AI answers')).toEqual([])
  })

  it('finds the same after many changes as a search that reads everything anew', () => {
    const talk = talkWith()
    talk.addClient('bea')
    const random = seededRandom(11)
    const words = ['river', 'garden', 'piano', 'sister', 'work', 'sleep', 'walk', 'letter', 'winter', 'bread']
    const pick = (): string => words[Math.floor(random() * words.length)] ?? ''
    const sentence = (): string => Array.from({ length: 3 + Math.floor(random() * 6) }, pick).join(' ')
    const said: number[] = []
    for (let round = 0; round < 60; round += 1) {
      said.push(...talk.say('ada', noon + round * dayMs, ...Array.from({ length: 40 }, sentence)))
      for (let change = 0; change < 5; change += 1) {
        const seq = said[Math.floor(random() * said.length)] ?? 0
        if (change < 3) talk.change(seq, { content: sentence() })
        else if (change === 3) talk.change(seq, { removedAt: random() < 0.5 ? noon : null })
        else talk.change(seq, { clientId: random() < 0.2 ? 'bea' : 'ada' })
      }
      if (round % 6 > 0) continue
      const fresh = createMessageSearch(talk.reading)
      const question = { clientId: 'ada', text: `${pick()} ${pick()}`, coachName: '', now: noon, limit: 20 }
      expect(talk.search.search(question)).toEqual(fresh.search(question))
    }
    expect(said).toHaveLength(2_400)
  })
})

describe('a search reads ahead', () => {
  it('in steps, and finds the same, while more is being said', () => {
    const talk = talkWith()
    talk.say('ada', noon - dayMs, ...Array.from({ length: 1_200 }, (_, at) => `Note ${at} about bread.`))
    const steps = talk.search.warm('ada')
    expect(steps.next().done).toBe(false)
    expect(talk.search.held()).toBe(500)
    const [seq] = talk.say('ada', noon, 'A note about rye bread.')
    expect(talk.ask('ada', 'rye')[0]).toBe(seq)
    for (const _ of steps);
    expect(talk.search.held()).toBe(1_201)
    expect(talk.ask('ada', 'rye')[0]).toBe(seq)
  })
})

describe('what is held in memory', () => {
  it('is let go of, the client asked about longest ago first, and read again when asked for', () => {
    const talk = openTalk()
    const ids = ['ada', 'bea', 'cai']
    const seqs = ids.map((id) => {
      talk.addClient(id)
      fillDays(talk, id)
      return talk.say(id, noon - dayMs, 'The piano calms me.')[0]
    })
    const search = createMessageSearch(talk.reading, 70)
    const ask = (clientId: string) =>
      search.search({ clientId, text: 'piano', coachName: '', now: noon, limit: 1 }).map(({ seq }) => seq)
    expect(ids.map(ask)).toEqual(seqs.map((seq) => [seq]))
    expect(search.held()).toBe(62)
    expect(ids.map(ask)).toEqual(seqs.map((seq) => [seq]))
  })

  it('is nothing of a client who was forgotten', () => {
    const talk = talkWith()
    fillDays(talk, 'ada')
    talk.ask('ada', 'walk')
    expect(talk.search.held()).toBe(30)
    talk.search.forget('ada')
    expect(talk.search.held()).toBe(0)
  })
})

describe('odd questions', () => {
  it.each([
    ['nothing', ''],
    ['marks only', '?! …'],
    ['a zero character', 'piano\0calm'],
    ['what looks like a query', 'client : "bea" OR content:* NEAR('],
    ['an emoji', '🎹'],
    ['a very long text', 'piano '.repeat(50_000)],
  ])('%s is answered with this client’s messages or none', (_, text) => {
    const talk = talkWith()
    talk.addClient('bea')
    const own = talk.say('ada', noon - dayMs, 'Playing the piano calms me.', 'I bought bread.')
    talk.say('bea', noon - dayMs, 'The piano is too loud.')
    for (const seq of talk.ask('ada', text)) expect(own).toContain(seq)
  })

  it('a client nobody knows, or who said nothing, is answered with nothing', () => {
    const talk = talkWith()
    expect(talk.ask('nobody', 'piano')).toEqual([])
    expect(talk.ask('ada', 'piano')).toEqual([])
  })
})

it('what one client said is never found for another: canaries in twenty clients', () => {
  const talk = openTalk()
  const ids = Array.from({ length: 20 }, (_, number) => `client-${number}`)
  const own = new Map<string, Set<number>>()
  for (const [number, id] of ids.entries()) {
    talk.addClient(id, 'Ada')
    own.set(id, new Set([...fillDays(talk, id), ...talk.say(id, noon - dayMs, `My secret word is canary${number}.`)]))
  }
  for (const [number, id] of ids.entries()) {
    const mine = own.get(id) ?? new Set()
    expect(talk.ask(id, `canary${number}`)).toHaveLength(1)
    for (const [other] of ids.entries()) {
      const found = [
        talk.ask(id, `secret word canary${other}`),
        talk.ask(id, 'walked home last month', { limit: 50 }),
      ].flat()
      expect(found.length).toBeGreaterThan(0)
      expect(found.filter((seq) => !mine.has(seq))).toEqual([])
    }
  }
})
