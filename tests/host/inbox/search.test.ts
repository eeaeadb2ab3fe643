import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { searchMessages } from '../../../host/inbox/index.ts'
import { type Inbox, openInbox } from './world.ts'

let inbox: Inbox
beforeEach(() => {
  inbox = openInbox()
  inbox.addConversation('ann')
  inbox.addConversation('ben')
})
afterEach(() => inbox.close())

const search = (query: string, more: { clientId?: string; before?: number; limit?: number } = {}) =>
  searchMessages(inbox.queries, { query, limit: 50, ...more })
const texts = (query: string, clientId?: string): string[] =>
  search(query, clientId === undefined ? {} : { clientId }).rows.map((row) => row.snippet)
const marked = (query: string): string[] =>
  search(query).rows.flatMap((row) => row.marks.map((mark) => row.snippet.slice(mark.start, mark.end)))
const say = (content: string, who = 'ann') => inbox.addMessage(who, { content })

describe('searching messages', () => {
  test('every word must occur, in any order, the last one as a beginning; newest first', () => {
    say('I talked to my manager about the project')
    say('The project went well')
    say('My manager likes the projector')
    expect(texts('manager proj')).toEqual([
      'My manager likes the projector',
      'I talked to my manager about the project',
    ])
    expect(texts('proj manager')).toEqual([])
    expect(texts('project manager')).toEqual(['I talked to my manager about the project'])
  })

  test('does not care about case and diacritics, on either side', () => {
    say('Élodie möchte ÜBER Señor Ångström reden')
    for (const query of ['elodie', 'ÉLODIE', 'mochte', 'über', 'uber senor', 'angstrom', 'e\u0301lodie'])
      expect(texts(query), query).toHaveLength(1)
  })

  test('a picture or a sign right beside a word is no part of it', () => {
    for (const sign of ['🙂', '🥰', '👍🏽', '❤️', '🫶', '…', '—', '₽']) {
      const { id } = say(`${sign}walk${sign}again${sign}`)
      expect(search('walk again').rows[0]?.messageId, sign).toBe(id)
    }
  })

  test('pages to the end without gaps or repeats', () => {
    for (let index = 0; index < 11; index += 1) say(`walk number ${index}`)
    const seen: number[] = []
    let before: number | undefined
    do {
      const found = search('walk', { limit: 4, ...(before === undefined ? {} : { before }) })
      seen.push(...found.rows.map((row) => row.seq))
      before = found.next ?? undefined
    } while (before !== undefined)
    expect(seen).toHaveLength(11)
    expect(seen).toEqual(seen.toSorted((one, other) => other - one))
  })

  test('one client at a time shows nobody else, whatever is typed', () => {
    say('canary of Ann about work')
    say('canary of Ben about work', 'ben')
    const hostile = [
      'canary',
      'canary work',
      'clientann canary',
      'client:clientann',
      'clientann',
      '" OR client : "clientann',
    ]
    for (const query of hostile) {
      const found = search(query, { clientId: 'client-ben' })
      expect(
        found.rows.every((row) => row.clientId === 'client-ben'),
        query,
      ).toBe(true)
    }
    expect(texts('canary', 'client-ben')).toEqual(['canary of Ben about work'])
    expect(texts('canary', 'x" OR content : "canary')).toEqual([])
    expect(texts('clientben')).toEqual([])
    expect(search('canary').rows).toHaveLength(2)
  })

  test('nothing that is typed is syntax', () => {
    say('near or and not')
    const hostile = [
      '" OR * NEAR( ^',
      '"',
      '""',
      '*',
      'a* OR b',
      'NEAR(a b, 5)',
      '(',
      ')',
      'content:',
      '-a',
      '+',
      '^a',
      '{a}',
      "'",
      '\\',
      ';--',
      '\u0000',
      '🙂',
    ]
    for (const query of hostile) expect(() => search(query), query).not.toThrow()
    expect(texts('near OR')).toEqual(['near or and not'])
    expect(texts('nothing OR near')).toEqual([])
    expect(texts('🙂')).toEqual([])
  })

  test('any text can be searched for without an error', () => {
    const anything = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(anything, anything, (content, query) => {
        say(content)
        expect(() => search(query)).not.toThrow()
        expect(() => search(query, { clientId: content })).not.toThrow()
      }),
      { numRuns: 120, seed: 99 },
    )
  })

  test('what is found carries its marks, whatever the alphabet', () => {
    const word = fc.stringMatching(/^[a-zA-ZÀ-žΑ-Ωα-ωА-яа-яאבגابت語字]{1,6}$/u)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.nat(5), (words, which) => {
        const { id } = say(words.join(' 🙂'))
        const query = words[which % words.length] ?? ''
        const hit = search(query).rows.find((row) => row.messageId === id)
        expect(hit?.marks.length).toBeGreaterThan(0)
        expect(search(query).rows.every((row) => row.marks.length > 0)).toBe(true)
      }),
      { numRuns: 200, seed: 7 },
    )
  })

  test('finds the text as it is now: after an edit the new words, after a deletion on the channel still the old ones', () => {
    const { id } = say('I feel terrible')
    inbox.sqlite.exec(`UPDATE messages SET content = 'I feel better', edited_at = 5 WHERE id = '${id}'`)
    expect(texts('terrible')).toEqual([])
    inbox.sqlite.exec(`UPDATE messages SET removed_at = 6 WHERE id = '${id}'`)
    expect(texts('better')).toEqual(['I feel better'])
  })

  test('tells whose words they are and where they stand', () => {
    const row = inbox.addMessage('ann', { senderType: 'ai', content: 'Breathe slowly', sentAt: 55 })
    expect(search('breathe').rows).toEqual([
      {
        messageId: row.id,
        seq: row.seq,
        conversationId: 'ann',
        clientId: 'client-ann',
        clientName: 'ann',
        senderType: 'ai',
        sentAt: 55,
        snippet: 'Breathe slowly',
        marks: [{ start: 0, end: 7 }],
      },
    ])
  })
})

describe('the excerpt', () => {
  test('marks whole words where the search found them, and nothing else', () => {
    say("Café, cafés and decafé: ÇA va? I don’t, I don't know.")
    expect(marked('cafe')).toEqual(['Café', 'cafés'])
    expect(marked('ca va')).toEqual(['ÇA', 'va'])
    expect(marked("don't")).toEqual(['don’t', "don't"])
  })

  test('counts positions in the text as it is, with characters outside the plane and loose accents before them', () => {
    say('🙂🙃 e\u0301te\u0301 and a walk')
    expect(marked('ete walk')).toEqual(['e\u0301te\u0301', 'walk'])
  })

  test('is a piece of a long text around the first match, cut between whole characters', () => {
    say(`${'🙂 before '.repeat(60)}the needle is here${' after🙂'.repeat(60)}`)
    const [row] = search('needle').rows
    expect(row?.snippet).toMatch(/^….*the needle is here.*…$/u)
    expect(row?.snippet.length).toBeLessThanOrEqual(165)
    expect(row?.snippet.isWellFormed()).toBe(true)
    expect(marked('needle')).toEqual(['needle'])
  })

  test('is well formed and holds its marks wherever the match stands', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.constantFrom('🙂', 'é', 'x ', 'e\u0301', '語'), (lead, tail, filler) => {
        say(`${filler.repeat(lead)} needle${lead} ${filler.repeat(tail)}`)
        const [row] = search(`needle${lead}`, { limit: 1 }).rows
        expect(row?.snippet.isWellFormed()).toBe(true)
        expect(row?.marks.map((mark) => row.snippet.slice(mark.start, mark.end))).toContain(`needle${lead}`)
      }),
      { numRuns: 120, seed: 5 },
    )
  })

  test('stays on one line', () => {
    say('first\nsecond\r\nthird\u2028fourth')
    expect(texts('third')).toEqual(['first second  third fourth'])
  })
})
