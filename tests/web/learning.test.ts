import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test, vi } from 'vitest'
import { readKeyFile } from '../../db/keyFile.ts'
import { openDatabase } from '../../db/open.ts'
import { findings } from '../fixtures/axe.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { exampleProfile, type LearnedRows, learnedRows } from '../fixtures/learnedRows.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { payloads } from './payloads.ts'

vi.setConfig({ testTimeout: 120_000 })

let live: LiveConsole
let page: Page

withLiveConsole({ settings: { defaultReplyMode: 'autopilot' } }, (open) => {
  ;({ live, page } = open)
})

const minute = 60_000
const day = 24 * 60 * minute
const section = (name: string) => page.getByRole('region', { name, exact: true })
const dialog = () => page.getByRole('dialog')
const behind = () => page.getByRole('list', { name: 'Messages behind this figure' })

/** Puts into the data of the running console what a test says was learned. */
const told = <T>(tell: (rows: LearnedRows) => T): T => {
  const database = openDatabase({ file: join(live.house.folder, 'opencoach.db'), key: readKeyFile(live.house.folder) })
  try {
    const said = tell(learnedRows(database.queries))
    // Nothing works the made-up profile out anew.
    database.sqlite.exec(`DELETE FROM jobs WHERE kind IN ('learn_profile','learn')`)
    return said
  } finally {
    database.close()
  }
}

const go = () =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Learning', exact: true }).click()

/** What a model said of an intervention that the rules read as direct. */
const warmView = {
  reactionSeq: 0,
  tone: 'empathetic',
  pace: 'measured',
  formality: 'casual',
  energy: 'calm',
  technique: 'question',
  framework: null,
  approach: 'Paused them and asked one question',
  structure: ['interrupt', 'ground', 'question'],
  keyPhrases: [],
  emotionalIntelligence: [],
  metaphor: null,
  reaction: null,
  shift: '',
  isResolved: false,
  engagement: 'high',
  isApplicable: true,
  isTransferable: true,
  whyEffective: '',
}

/** Some weeks of learning with three clients and a practice one. */
const tellAQuarter = (rows: LearnedRows) => {
  const now = Date.now()
  const [sarah, tomas, june] = [rows.client('Sarah Moss'), rows.client('Tomás Lima'), rows.client('June West')]
  const bot = rows.client('Practice Pia', true)
  const first = rows.intervention(sarah, now - 60 * day)
  for (let index = 0; index < 6; index += 1) rows.intervention(sarah, now - (50 - index) * day)
  rows.intervention(sarah, now - 20 * day, { reaction: 'negative' })
  rows.intervention(tomas, now - 12 * day, {
    situation: 'setback',
    technique: 'reframe',
    moves: ['acknowledge', 'reframe', 'question'],
    phrases: ['What if this is information'],
    reaction: 'transformative',
    answer: 'I had never seen it like that.',
  })
  const reframe = rows.intervention(june, now - 8 * day, {
    situation: 'setback',
    technique: 'reframe',
    moves: ['acknowledge', 'reframe', 'question'],
    reaction: 'neutral',
    answer: 'Maybe.',
  })
  rows.intervention(june, now - 5 * day, {
    situation: 'seeking_advice',
    technique: 'direct_advice',
    reaction: null,
    answer: 'Let me try.',
  })
  rows.intervention(bot, now - 4 * day)
  const newest = rows.intervention(sarah, now - 2 * day, {
    more: {
      modelView: JSON.stringify(warmView),
      disagreements: JSON.stringify([{ field: 'tone', local: 'direct', model: 'empathetic' }]),
    },
  })
  const approach = rows.approach(sarah, first.id)
  rows.approach(june, reframe.id, {
    situationType: 'setback',
    approach: 'reframe>acknowledge>reframe>question',
    structure: JSON.stringify(['acknowledge', 'reframe', 'question']),
    alpha: 1.25,
    beta: 1.25,
    effectivenessScore: 0.5,
    timesValidated: 0,
    timesContradicted: 1,
    examples: '[]',
  })
  rows.profile()
  for (let index = 0; index < 24; index += 1) {
    const at = now - index * 3 * day - minute
    const client = [sarah, tomas, june][index % 3] ?? sarah
    const situation = index % 2 === 0 ? 'crisis_moment' : 'setback'
    const { id, reply } = rows.run(
      client,
      at,
      situation,
      index % 6 === 0 ? 'handoff' : index % 4 === 0 ? 'draft' : 'sent',
    )
    if (index === 1) rows.miss(reply?.id ?? '', at)
    if (index % 4 === 0 && index % 6 !== 0)
      rows.draft(client, id, at, index % 8 === 0 ? 'edited' : 'sent', index % 8 === 0 ? 0.45 : 0)
  }
  return { newest, approach }
}

test('before anything was learned the page says what to do, and is reached by the palette too', async () => {
  await see(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Go to anything' }).fill('learning')
  await page.keyboard.press('Enter')
  await see(page.getByRole('heading', { name: 'Nothing was learned yet' })).toBeVisible()
  expect(await findings(page)).toEqual([])
  await page.getByRole('link', { name: 'Go to the inbox' }).click()
  await see(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Inbox' })).toHaveAttribute(
    'aria-current',
    'page',
  )
})

test('the whole page stands in plain words, each figure with the messages behind it', async () => {
  told(tellAQuarter)
  await go()
  await see(page.getByText('12 interventions analysed, since')).toBeVisible()
  await see(page.getByText('1 with a practice client is listed but not counted.')).toBeVisible()
  await see(section('Your style')).toContainText(
    'You are mostly direct (80 %), sometimes warm (20 %); calm and casual, at a measured pace.',
  )
  const techniques = section('What you do, and how clients take it')
  await see(techniques.getByRole('listitem').first()).toContainText('8 of 9 times clients took it well')
  await see(techniques).toContainText('no reaction known yet')
  await techniques.getByRole('button', { name: 'Another way to see it' }).click()
  await see(behind().getByRole('listitem')).toHaveCount(2)
  await see(behind()).toContainText('It changed something for them.')
  await behind().getByRole('button', { name: 'What was learned from it' }).last().click()
  await see(dialog().getByRole('heading', { name: 'With Tomás Lima, in a setback' })).toBeVisible()
  await see(dialog()).toContainText('I had never seen it like that.')
  await page.keyboard.press('Escape')
  await see(dialog()).toHaveCount(0)
  await see(section('What works for whom')).toContainText('Worked 3 times, did not 1 time')
  await see(section('What you usually do when')).toContainText('Pause, grounding, a question')
  await see(section('How sure the clone was')).toContainText('0.74 in 55 replies')
  const handed = section('Handed over, and missed')
  await see(handed).toContainText('Should have been, by your marks: 1 of')
  await section('By situation').getByRole('button').first().click()
  await see(behind().getByRole('listitem').first()).toContainText('The clone was not sure.')
  await page.keyboard.press('Escape')
  await see(section('Your style over time')).toContainText('mostly direct')
  await see(section('What became of drafts')).toContainText('sent as they were, or nearly')
})

test('a phrase is paused, undone and brought back, and Z takes back the last step', async () => {
  told(tellAQuarter)
  await go()
  const phrases = section('Your phrases')
  await phrases.getByRole('button', { name: 'Pause: Before we burn bridges' }).click()
  await see(phrases).toContainText('Paused')
  await phrases.getByRole('button', { name: 'Bring back: Before we burn bridges' }).click()
  await see(phrases.getByRole('button', { name: 'Undo: Before we burn bridges' })).toBeVisible()
  await phrases.getByRole('button', { name: 'Undo: Before we burn bridges' }).click()
  await see(phrases).toContainText('Undone')
  expect((await live.house.client.learning.overview()).phraseMarks).toEqual({ 'p-bridges': 'undone' })
  await page.locator('main').focus()
  await page.keyboard.press('z')
  await see(phrases.getByRole('button', { name: 'Pause: Before we burn bridges' })).toBeVisible()
  expect((await live.house.client.learning.overview()).phraseMarks).toEqual({})
})

test('one intervention is read, put right and taken out by keyboard alone', async () => {
  const { newest } = told(tellAQuarter)
  await go()
  const recent = section('What was learned lately')
  const first = recent.getByRole('listitem').first()
  await see(first).toContainText(
    'pause, grounding, a question. They took it well: “You’re right, I should think this through”',
  )
  await first.getByRole('button', { name: /^Why/ }).focus()
  await page.keyboard.press('Enter')
  await see(dialog()).toContainText('What the clone does next time')
  await see(dialog()).toContainText('The rules on this machine read the tone as “direct”, the model as “warm”.')
  await dialog().getByRole('button', { name: 'Correct…' }).press('Enter')
  const form = dialog().getByRole('form', { name: 'Correct' })
  await form.getByLabel('What the moment was').selectOption('high_stakes_decision')
  await form.getByLabel('A phrase of yours to add').fill('Take a breath')
  await page.keyboard.press('Enter')
  await see(form.getByRole('list', { name: 'Phrases' })).toContainText('Take a breath')
  await form.getByRole('button', { name: 'Save' }).press('Enter')
  await see(dialog().getByText('corrected by you')).toBeVisible()
  expect(await live.house.client.learning.intervention({ id: newest.id })).toMatchObject({
    situation: 'high_stakes_decision',
    isCorrected: true,
    corrections: { situationType: 'high_stakes_decision' },
  })
  await dialog().getByRole('button', { name: 'Undo' }).press('Enter')
  await see(dialog()).toContainText('Nothing: you took this out of what was learned.')
  await page.keyboard.press('Escape')
  await see(page.getByText('11 interventions analysed')).toBeVisible()
})

test('the thread leads from a handback to what was learned from it', async () => {
  told(tellAQuarter)
  await go()
  await section('What was learned lately').getByRole('link', { name: 'Tomás Lima' }).click()
  await page.getByRole('button', { name: 'Learned from this' }).click()
  await see(dialog().getByRole('heading', { name: 'With Tomás Lima, in a setback' })).toBeVisible()
  await see(dialog()).toContainText('What they did then')
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await see(page.getByRole('button', { name: 'Learned from this' })).toBeFocused()
})

test('the page is saved to read and for programs', async () => {
  told(tellAQuarter)
  await go()
  for (const [choice, name] of [
    ['To read, as a web page', /^Learning .*\.html$/],
    ['For programs, as JSON', /^Learning .*\.json$/],
  ] as const) {
    await page.getByRole('button', { name: 'Save this page…' }).click()
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: choice }).click(),
    ])
    expect(saved.suggestedFilename()).toMatch(name)
  }
})

test('whatever stands in phrases, names and answers is shown as text', async () => {
  told((rows) => {
    const client = rows.client(payloads[6] ?? '')
    rows.profile({
      styleSignature: { ...exampleProfile.styleSignature, typicalOpening: payloads[0] ?? '' },
      signaturePhrases: payloads.slice(0, 20).map((phrase, index) => ({
        key: `p-${index}`,
        phrase,
        frequency: 0.1,
        contexts: [],
        score: 1,
        clientCount: 2,
      })),
    })
    const learned = rows.intervention(client, Date.now() - day, {
      phrases: payloads.slice(0, 10),
      answer: payloads.join(' '),
      coach: payloads.join(' '),
      more: { whyEffective: payloads[7] ?? '', metaphorUsed: payloads[8] ?? '', specificAdvice: payloads[9] ?? '' },
    })
    rows.approach(client, learned.id, { examples: JSON.stringify(payloads.slice(0, 3)) })
  })
  await go()
  await section('Your phrases').getByRole('button', { name: 'Show all 20' }).click()
  await see(section('Your phrases')).toContainText(payloads[19] ?? '')
  await section('What was learned lately').getByRole('button', { name: /^Why/ }).click()
  await see(dialog()).toContainText(payloads[8] ?? '')
  expect(
    await page.evaluate(() => document.querySelectorAll('main img, main script, main iframe, main b script').length),
  ).toBe(0)
  expect(await findings(page)).toEqual([])
})

test.each([
  ['wide', { width: 1360, height: 860 }],
  ['narrow', { width: 390, height: 760 }],
])('no serious finding on the page and its drawers in light and dark, %s', async (_name, viewport) => {
  await page.setViewportSize(viewport)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  told(tellAQuarter)
  await go()
  await see(section('Handed over, and missed')).toBeVisible()
  expect(await findings(page)).toEqual([])
  await section('What was learned lately')
    .getByRole('button', { name: /^Correct/ })
    .first()
    .click()
  await see(dialog().getByRole('button', { name: 'Save' })).toBeVisible()
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await section('What was learned lately').getByRole('button', { name: /^Why/ }).first().click()
  await see(dialog()).toContainText('The messages behind it')
  expect(await findings(page)).toEqual([])
})
