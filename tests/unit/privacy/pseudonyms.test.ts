import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isCard, isIban } from '../../../host/privacy/patterns.ts'
import { createPseudonyms } from '../../../host/privacy/pseudonyms.ts'

const forClient = (name: string, others: string[] = [], handles: string[] = []) =>
  createPseudonyms({ client: { name, handles }, others })

describe('names', () => {
  test('every part of the client’s name has a placeholder of its own', () => {
    const names = forClient('Maya Lindqvist')
    expect(names.hide('Maya Lindqvist wrote. maya, MAYA and Ms. Lindqvist’s plan.')).toBe(
      '[CLIENT] [CLIENT_NAME_2] wrote. [CLIENT], [CLIENT] and Ms. [CLIENT_NAME_2]’s plan.',
    )
    expect(names.count()).toBe(2)
  })

  test('a name inside another word is left alone', () => {
    expect(forClient('Ann').hide('Annual planning with Joann, then Ann.')).toBe(
      'Annual planning with Joann, then [CLIENT].',
    )
  })

  test.each([
    ['Will', 'I will ask Will whether he will come.', 'I will ask [CLIENT] whether he will come.'],
    ['Mark', 'Mark set a mark.', '[CLIENT] set a mark.'],
    ['Hope', 'I hope Hope is well.', 'I hope [CLIENT] is well.'],
    ['grace', 'With grace, Grace.', 'With grace, [CLIENT].'],
  ])('%s is hidden where it is written like a name, not where it is a word', (name, text, hidden) => {
    expect(forClient(name).hide(text)).toBe(hidden)
  })

  test.each([
    ['José Álvarez', 'jose alvarez', '[CLIENT] [CLIENT_NAME_2]'],
    ['Jürgen Groß', 'Juergen Gross', '[CLIENT] [CLIENT_NAME_2]'],
    ['Müller', 'Mu\u0308ller', '[CLIENT]'],
    ['O’Brien', "I am O'Brien.", 'I am [CLIENT].'],
    ['Иван Петров', 'ИВАН сказал', '[CLIENT] сказал'],
    ['王小明', '你好王小明，早', '你好[CLIENT]，早'],
    ['민수', '민수가 왔다', '[CLIENT]가 왔다'],
    ['Anna-Lena Vogt', 'Lena und Anna-Lena', '[CLIENT_NAME_4] und [CLIENT]'],
  ])('%s is found as people write it', (name, text, hidden) => {
    expect(forClient(name).hide(text)).toBe(hidden)
  })

  test('a short name or a particle is hidden with the whole name only', () => {
    const names = forClient('Dr. Bo van der Linden')
    expect(names.hide('Dr. Bo van der Linden lives van der Linden street, bo.')).toBe(
      '[CLIENT_FULL_NAME] lives van der [CLIENT] street, bo.',
    )
  })

  test('others are hidden by their full names, each with its own number', () => {
    const names = forClient('Maya', ['Tom Berger', 'Sara Ek', 'Hope'])
    expect(names.hide('tom berger met Sara Ek, then Tom, Tom Berger and Hope; I hope so')).toBe(
      '[PERSON_1] met [PERSON_2], then Tom, [PERSON_1] and [PERSON_3]; I hope so',
    )
  })

  test('the client’s handle on the channel is hidden', () => {
    expect(forClient('Maya', [], ['maya_writes']).hide('write to maya_writes or @mayaw')).toBe(
      'write to [HANDLE_2] or [HANDLE_1]',
    )
  })
})

describe('numbers and addresses', () => {
  test.each([
    ['mail me: jo.doe+x@mail.example.org.', 'mail me: [EMAIL_1].'],
    ['call +49 171 2345678 or (555) 123-4567', 'call [PHONE_1] or [PHONE_2]'],
    ['0171/2345678 please', '[PHONE_1] please'],
    ['IBAN DE89 3704 0044 0532 0130 00 please', 'IBAN [IBAN_1] please'],
    ['card 4111 1111 1111 1111, ok', 'card [CARD_1], ok'],
    ['a mistyped account DE99 3704 0044 0532 0130 00', 'a mistyped account DE99 [PHONE_1]'],
    ['see https://me:secret@files.example/x and more', 'see [LINK_1] and more'],
    ['see https://files.example/x?a=1&access_token=abc now', 'see [LINK_1] now'],
  ])('“%s” loses what identifies somebody', (text, hidden) => {
    expect(createPseudonyms({ others: [] }).hide(text)).toBe(hidden)
  })

  test.each([
    'on 2024-10-05 at 12:30',
    'on 01.02.2024, 18 Uhr',
    'I ran 10 km in 55 min and 30 s',
    'it costs 1,250,000 in all',
    'see https://example.org/page?topic=keys',
  ])('“%s” stays as it is', (text) => {
    expect(createPseudonyms({ others: [] }).hide(text)).toBe(text)
  })

  test('checksums decide about bank accounts and cards', () => {
    expect(isIban('GB82 WEST 1234 5698 7654 32')).toBe(true)
    expect(isIban('GB82 WEST 1234 5698 7654 33')).toBe(false)
    expect(isCard('5500-0000-0000-0004')).toBe(true)
    expect(isCard('5500-0000-0000-0005')).toBe(false)
  })
})

describe('putting names back', () => {
  const asked = () => {
    const names = forClient('Maya Lindqvist', ['Tom Berger'])
    names.hide('Maya Lindqvist, Tom Berger, a@b.example')
    return names
  }

  test.each([
    ['Hi [CLIENT]!', 'Hi Maya!'],
    ['Hi [client], and **[Person_1]**', 'Hi Maya, and **Tom Berger**'],
    ['Hi {CLIENT}, <PERSON_1> and PERSON 1', 'Hi Maya, Tom Berger and PERSON 1'],
    ['Hi \\[CLIENT\\] of [client name 2]', 'Hi Maya of Lindqvist'],
    ['bare PERSON_1 and EMAIL_1', 'bare Tom Berger and a@b.example'],
    ['my client (a client) is fine', 'my client (a client) is fine'],
  ])('“%s” comes back with names', (said, restored) => {
    expect(asked().restore(said)).toBe(restored)
  })

  test('placeholders the model made up disappear without a trace', () => {
    expect(asked().restore('Hi [PERSON_9], call [PHONE_1] today.')).toBe('Hi, call today.')
    expect(asked().restore('[PERSON_7], hello')).toBe('hello')
  })

  test('what a client types as a placeholder never becomes somebody’s name', () => {
    const names = forClient('Maya')
    const hidden = names.hide('Maya says [CLIENT] and [PERSON_1] and EMAIL_3')
    expect(hidden).toBe('[CLIENT] says [TEXT_1] and [TEXT_2] and [TEXT_3]')
    expect(names.restore(hidden)).toBe('Maya says [CLIENT] and [PERSON_1] and EMAIL_3')
  })
})

describe('any text', () => {
  const registry = {
    client: { name: 'Zoë Quillfeather', handles: ['zoe_q_1984'] },
    others: ['Tariq Oduya', 'Linh Phạm'],
  }
  const identifying = [
    'Zoë',
    'Quillfeather',
    'Zoë Quillfeather',
    'zoe_q_1984',
    'Tariq Oduya',
    'Linh Phạm',
    'z.q@mail.example',
    '+44 20 7946 0958',
    'DE89 3704 0044 0532 0130 00',
    '4111111111111111',
    'https://u:p@h.example/x',
  ]
  const awkward = [
    '[CLIENT]',
    '[[',
    ']]',
    '{',
    '}',
    '<PERSON_1>',
    '\\',
    '\n',
    ' ',
    ', ',
    '. ',
    '“',
    '"',
    '🙂',
    'ä',
    'will',
    '**',
  ]
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...identifying) },
    { weight: 3, arbitrary: fc.constantFrom(...awkward) },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  )
  const texts = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(' ').normalize('NFC'))

  test('comes back as it was', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const names = createPseudonyms(registry)
        expect(names.restore(names.hide(text))).toBe(text)
      }),
      { seed: 20_260, numRuns: 1_000 },
    )
  })

  test('leaves nothing of the registry, in any case', () => {
    const shouted = fc
      .tuple(texts, fc.constantFrom('as is', 'upper', 'lower'))
      .map(([text, how]) => (how === 'upper' ? text.toUpperCase() : how === 'lower' ? text.toLowerCase() : text))
    const secrets = identifying.slice(0, 6)
    fc.assert(
      fc.property(shouted, (text) => {
        const hidden = createPseudonyms(registry).hide(text)
        for (const secret of secrets) {
          expect(hidden).not.toMatch(new RegExp(`(?<![\\p{L}\\p{M}\\p{N}_])${secret}(?![\\p{L}\\p{M}\\p{N}_])`, 'iu'))
        }
      }),
      { seed: 20_261, numRuns: 1_000 },
    )
  })

  test('may hold any name, however odd', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(name, name, texts, (own, other, text) => {
        const names = createPseudonyms({ client: { name: own, handles: [other] }, others: [other] })
        expect(() => names.restore(names.hide(`${own} ${text} ${other}`))).not.toThrow()
      }),
      { seed: 20_262, numRuns: 1_000 },
    )
  })

  test('of 20,000 characters without a break is read in a moment', () => {
    const names = createPseudonyms(registry)
    const started = performance.now()
    for (const unit of ['a', '1', 'a@', '+1 ', 'AB12 ', 'http://', '[', '.'])
      names.restore(names.hide(unit.repeat(20_000)))
    expect(performance.now() - started).toBeLessThan(4_000)
  })
})

describe('a client who was merged with another', () => {
  const merged = { name: 'Ann Keller', formerNames: ['Edeltraud Meier', 'Bo'], handles: [] }
  const pseudonyms = () => createPseudonyms({ client: merged, others: [] })

  test('is hidden under each name they ever had, and each comes back as it was', () => {
    const one = pseudonyms()
    const text = 'Ann Keller, once Edeltraud Meier and for friends Bo, or just Edeltraud'
    const hidden = one.hide(text)
    for (const name of ['Ann', 'Keller', 'Edeltraud', 'Meier', 'Bo']) expect(hidden).not.toContain(name)
    expect(one.restore(hidden)).toBe(text)
  })
})
