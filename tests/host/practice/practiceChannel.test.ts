import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createPracticeChannel } from '../../../host/channels/practice/index.ts'
import { scripts } from '../../../host/channels/practice/scripts/index.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { createCountingClock, createPracticeHouse, type House, tell } from './farSide.ts'

const start = 1_760_000_000_000
const open = (house: House = createPracticeHouse(), clock = createFakeClock(start)) => {
  const channel = createPracticeChannel({ clock, random: () => 0.5 })
  channel.start(house.sink)
  return { channel, house, clock }
}
const linesOf = (house: House, name: string) =>
  house.stored.filter(({ senderName }) => senderName === name).map(({ text }) => text)
const filesOf = (house: House) => house.stored.flatMap((message) => message.files ?? [])
const afterTelling = async (name: string, chatId: string, wait: number, ...replies: string[]) => {
  const { channel, house, clock } = open()
  await clock.advance(wait)
  for (const reply of replies) {
    await tell(channel, chatId, reply)
    await clock.advance(16_000)
  }
  return linesOf(house, name).at(-1)
}

describe('practice clients', () => {
  test('begin within two seconds, and all but Dan within a minute', async () => {
    const { house, clock } = open()
    await clock.advance(2_000)
    expect(house.stored.map(({ senderName, text, timeZone }) => ({ senderName, text, timeZone }))).toEqual([
      { senderName: 'Sarah M.', text: "I'm having a crisis at work", timeZone: 'Europe/Lisbon' },
    ])
    await clock.advance(23_000)
    const names = () => new Set(house.stored.map(({ senderName }) => senderName))
    expect(names()).toEqual(new Set(['Sarah M.', 'Tomás L.', 'June W.', 'Priya R.', 'Ade O.']))
    await clock.advance(35_000)
    const others = scripts.filter(({ id }) => id !== 'dan')
    expect(names()).toEqual(new Set(others.map(({ name }) => name)))
    await clock.advance(20_000)
    expect(names()).not.toContain('Dan K.')
    await clock.advance(20_000)
    expect(linesOf(house, 'Dan K.')).toEqual([
      "I don't see the point of any of it anymore, I've been thinking about ending my life",
    ])
  })

  test('go on for some minutes when nobody answers, and then wait', async () => {
    const { house, clock } = open()
    await clock.advance(150_000)
    const inTheFirstMinutes = house.stored.length
    await clock.advance(3 * 60_000)
    expect(linesOf(house, 'Sarah M.')).toContain('I want to quit my job right now')
    expect(house.stored.length).toBeGreaterThan(inTheFirstMinutes)
    await clock.advance(20 * 60_000)
    const whenTheyWait = house.stored.length
    await clock.advance(24 * 3_600_000)
    expect(house.stored).toHaveLength(whenTheyWait)
  })

  test('have a message id, an update id and a chat of their own', async () => {
    const { house, clock } = open()
    await clock.advance(600_000)
    const ids = house.stored.map(({ updateId }) => updateId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids[0]).toMatch(/^practice:sarah:crisis_at_work:[\w-]{36}$/)
    expect(new Set(house.stored.map(({ chatId }) => chatId)).size).toBe(scripts.length)
  })

  test('react to what they are told', async () => {
    const sarah = (reply: string) => afterTelling('Sarah M.', 'practice:sarah', 2_000, reply)
    expect(await sarah('That sounds really hard. I am here.')).toMatch(/^Okay\. I stepped outside/)
    expect(await sarah('You should talk to HR.')).toMatch(/^That is easier said than done/)
    expect(await sarah('What happened?')).toMatch(/^My manager took my report apart/)

    const priya = (...replies: string[]) => afterTelling('Priya R.', 'practice:priya', 15_000, ...replies)
    expect(await priya('Have you tried writing it down?')).toMatch(/read all the books/)
    expect(await priya('Have you tried a list?', 'I would suggest a timer.')).toMatch(/doing it again/)
    expect(await priya('Who are people like you?')).toMatch(/^People who hold everything together/)

    const dan = (reply: string) => afterTelling('Dan K.', 'practice:dan', 91_000, reply)
    expect(await dan('Your coach will call you in a moment.')).toMatch(/^Okay\. I would rather talk/)
    expect(await dan('Have you tried going for a walk?')).not.toBe(await dan('A person is on the way.'))
  })

  test('react to all they were told before they write again', async () => {
    const { channel, house, clock } = open()
    await clock.advance(2_000)
    await tell(channel, 'practice:sarah', 'That sounds really hard.')
    await clock.advance(2_000)
    await tell(channel, 'practice:sarah', 'What happened?')
    await clock.advance(16_000)
    expect(linesOf(house, 'Sarah M.').at(-1)).toMatch(/^Okay\. I stepped outside/)
  })

  test('take time to read and to type before they react', async () => {
    const { channel, house, clock } = open()
    await clock.advance(2_000)
    await tell(channel, 'practice:sarah', 'What happened?')
    await clock.advance(3_000)
    expect(linesOf(house, 'Sarah M.')).toHaveLength(1)
    await clock.advance(12_000)
    expect(linesOf(house, 'Sarah M.')).toHaveLength(2)
  })

  test('do not take an earlier answer for an answer to what they say next', async () => {
    const { channel, house, clock } = open()
    await clock.advance(2_000)
    await tell(channel, 'practice:sarah', 'Take a breath with me.')
    await clock.advance(15_000)
    await tell(channel, 'practice:sarah', 'What did she say to you?')
    await clock.advance(60_000)
    expect(linesOf(house, 'Sarah M.').at(-1)).toBe('I want to quit my job right now')
  })

  test('do not take the fixed words of the console for the coach', async () => {
    const { channel, house, clock } = open()
    await clock.advance(44_000)
    const before = linesOf(house, 'Noor A.').length
    const text = 'I am an AI clone of Akmal, not a person. A real person was told and will answer you.'
    await channel.send({ outboxId: 'o', chatId: 'practice:noor', text, isNotice: true })
    await clock.advance(15_000)
    expect(linesOf(house, 'Noor A.')).toHaveLength(before)
  })

  test('hear what is said while their own message is being stored', async () => {
    const house = createPracticeHouse()
    const clock = createFakeClock(start)
    const steps = {
      first: { says: 'First', goesOn: { inSeconds: 5, step: 'second' } },
      second: { says: 'Second', listens: { calm: 'calmed', otherwise: 'told' } },
      calmed: { says: 'Calmed' },
      told: { says: 'Told' },
    }
    const script = { id: 'kim', name: 'Kim', timeZone: 'UTC', startsAfterSeconds: 1, first: 'first', steps }
    const channel = createPracticeChannel({ clock, scripts: [script] })
    channel.start(house.sink)
    await clock.advance(3_000)
    house.next.push('refuse', 'refuse', 'refuse')
    await clock.advance(4_000)
    expect(house.reports.at(-1)?.state).toBe('trouble')
    await tell(channel, 'practice:kim', 'Take a breath.')
    await clock.advance(30_000)
    expect(linesOf(house, 'Kim')).toEqual(['First', 'Second', 'Calmed'])
    expect(house.reports.at(-1)?.state).toBe('finished')
  })

  test('get a reply once, and tell that it arrived and was read', async () => {
    const { channel, house, clock } = open()
    await clock.advance(2_000)
    const results = await Promise.all(['Hello', 'Again'].map((text) => tell(channel, 'practice:sarah', text)))
    const ids = results.map((result) => (result.outcome === 'sent' ? result.externalId : 'not sent'))
    expect(new Set(ids).size).toBe(2)
    expect(house.receipts).toEqual([])
    await clock.advance(4_000)
    const marks = house.receipts.filter(({ externalId }) => externalId === ids[0])
    expect(marks.map(({ status }) => status)).toEqual(['delivered', 'read'])
    expect(marks.every(({ chatId }) => chatId === 'practice:sarah')).toBe(true)
  })

  test('who are not there any more do not get a reply, and the coach is told', async () => {
    const { channel } = open()
    expect(await tell(channel, 'practice:nobody', 'Hello')).toMatchObject({ outcome: 'failed' })
  })

  test('are still heard from after a receipt could not be stored', async () => {
    const house = createPracticeHouse()
    const clock = createFakeClock(start)
    const channel = createPracticeChannel({ clock })
    const fail = () => {
      throw new Error('no')
    }
    channel.start({ ...house.sink, receipt: fail })
    await clock.advance(2_000)
    await tell(channel, 'practice:sarah', 'What happened?')
    await clock.advance(16_000)
    expect(linesOf(house, 'Sarah M.')).toHaveLength(2)
  })

  test('send a picture that any viewer can open', async () => {
    const { house, clock } = open()
    await clock.advance(120_000)
    const pictures = filesOf(house).filter(({ mediaType }) => mediaType === 'image/png')
    expect(pictures.map(({ name }) => name)).toEqual(['habits.png'])
    const png = Buffer.from(pictures[0]?.bytes ?? [])
    expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
    const length = png.readUInt32BE(33)
    expect(inflateSync(png.subarray(41, 41 + length))).toHaveLength(height * (1 + width * 3))
    expect(png.length).toBeLessThan(5_000)
    expect(house.stored.find(({ files }) => files?.[0]?.name === 'habits.png')?.unreadable).toBe('picture')
  })

  test('send a voice note that any player can play, and that says nobody can read it', async () => {
    const { house, clock } = open()
    await clock.advance(600_000)
    const notes = house.stored.filter(({ unreadable }) => unreadable === 'voice')
    expect(notes.map(({ senderName, text }) => [senderName, text])).toEqual([['Lucía P.', 'Voice note, 4 seconds']])
    const [file] = notes[0]?.files ?? []
    expect(file).toMatchObject({ name: 'voice.wav', mediaType: 'audio/wav' })
    const wav = Buffer.from(file?.bytes ?? [])
    expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ')
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8)
    expect(wav.readUInt32LE(40)).toBe(wav.length - 44)
    expect(wav.readUInt32LE(40) / wav.readUInt32LE(28)).toBe(4)
    expect(new Set(wav.subarray(44)).size).toBeGreaterThan(50)
  })

  test('correct a word they mistyped, in the message where it stands', async () => {
    const { channel, house, clock } = open()
    await clock.advance(60_000)
    await tell(channel, 'practice:june', 'Okay.')
    await clock.advance(20_000)
    const mistyped = house.stored.find(({ text }) => text === 'its the gilt')
    expect(house.changes).toMatchObject([
      { kind: 'edit', chatId: 'practice:june', externalId: mistyped?.externalId, text: 'its the guilt' },
    ])
    expect(linesOf(house, 'June W.')).not.toContain('its the guilt')
  })

  test('let a sent message be changed and taken back', async () => {
    const { channel, clock } = open()
    await clock.advance(2_000)
    const result = await tell(channel, 'practice:sarah', 'Helo')
    const sent = {
      chatId: 'practice:sarah',
      externalIds: result.outcome === 'sent' ? [result.externalId] : [],
    }
    expect(await channel.edit?.(sent, 'Hello')).toEqual({ outcome: 'done' })
    expect(await channel.remove?.(sent)).toEqual({ outcome: 'done' })
  })

  test('who write Spanish understand an answer in Spanish', async () => {
    const lucia = (...replies: string[]) =>
      afterTelling('Lucía P.', 'practice:lucia', 57_000, 'Claro que sí, escribe como quieras.', ...replies)
    expect(await lucia('Deberías hacer una lista.')).toMatch(/^Ya hice la lista/)
    expect(await lucia('Te escucho, suena pesado.')).toMatch(/^Gracias por no regañarme/)
  })

  test('who asked for a person know when one has come', async () => {
    const noor = (reply: string) => afterTelling('Noor A.', 'practice:noor', 44_000, reply)
    expect(await noor('It’s me, Akmal. I am reading this myself.')).toMatch(/^Oh, good/)
    expect(await noor('Thank you for telling me.')).toMatch(/still not the same/)
  })

  test('begin anew, without clashing, when the cursor means nothing to them', async () => {
    for (const cursor of ['', 'garbage', '{"version":9}', '{"version":1,"run":"r","clients":{"sarah":{"step":"?"}}}']) {
      const house = createPracticeHouse()
      const first = open(house)
      await first.clock.advance(2_000)
      await first.channel.stop()
      house.cursor = cursor
      const second = open(house)
      await second.clock.advance(2_000)
      await second.channel.stop()
      expect(linesOf(house, 'Sarah M.')).toEqual(["I'm having a crisis at work", "I'm having a crisis at work"])
    }
  })

  test('say when they are all done, and begin anew only after a rest', async () => {
    const { channel, house, clock } = open()
    for (let round = 0; round < 40; round += 1) {
      await clock.advance(30_000)
      for (const { id } of scripts)
        await tell(channel, `practice:${id}`, 'I hear you. Your coach is here. What would help?')
    }
    await clock.advance(300_000)
    expect(house.reports.at(-1)?.state).toBe('finished')
    const played = house.stored.length
    await channel.stop()

    const soon = open(house, createFakeClock(house.stored.at(-1)?.sentAt ?? 0))
    await soon.clock.advance(300_000)
    await soon.channel.stop()
    expect(house.stored).toHaveLength(played)

    const later = open(house, createFakeClock((house.stored.at(-1)?.sentAt ?? 0) + 700_000))
    await later.clock.advance(2_000)
    await later.channel.stop()
    expect(house.stored).toHaveLength(played + 1)
  })

  test('fall silent when they are switched off', async () => {
    const { clock, waiting } = createCountingClock()
    const house = createPracticeHouse()
    const channel = createPracticeChannel({ clock })
    channel.start(house.sink)
    await clock.advance(20_000)
    await tell(channel, 'practice:sarah', 'Hello?')
    house.next.push('refuse', 'refuse', 'refuse')
    await clock.advance(10_000)
    expect(waiting()).toBeGreaterThan(0)
    await channel.stop()
    expect(waiting()).toBe(0)
    await tell(channel, 'practice:sarah', 'Hello?')
    expect(waiting()).toBe(0)
    const before = house.stored.length
    await clock.advance(3_600_000)
    expect(house.stored).toHaveLength(before)
  })
})
