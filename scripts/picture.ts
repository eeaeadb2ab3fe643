import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { startModelServer } from '../tests/fakes/modelServer.ts'
import { startConsole } from '../tests/fixtures/console.ts'
import { findBrowser } from './browser.ts'

// Takes the picture in the README: the real console, practice clients, and a model stand-in that answers like a person would.
const answers: [RegExp, string, number][] = [
  [/quit|resign/i, 'What would quitting today give you that waiting until tomorrow would not?', 0.4],
  [
    /crisis at work/i,
    'That sounds like a lot at once. What happened this morning that made it feel like a crisis?',
    0.75,
  ],
  [/report apart/i, 'Three weeks of work, and then that silence. What would have helped you in that room?', 0.82],
  [/thursday|5 pm/i, 'Thursday at 5 works. Is there anything you would like us to look at first?', 0.9],
  [/mornings?|walk|row/i, 'That is yours, nobody gave it to you. What made it easier this time?', 0.88],
  [/said yes/i, 'You said yes again, and you noticed. What did you want to say?', 0.8],
]
const otherwise = [
  'I hear you. Which part of it is the heaviest right now?',
  'Thank you for putting it into words. What would a good next hour look like?',
  'That makes sense. What have you already tried, even a little?',
  'Let us stay with that for a moment. What do you know for sure?',
  'That took some courage to say. Who else knows about it?',
]
let spoken = 0

const folder = mkdtempSync(join(tmpdir(), 'opencoach-picture-'))
const model = await startModelServer({
  respond: ({ clientText }) => {
    spoken += 1
    const known = answers.find(([words]) => words.test(clientText))
    return { reply: known?.[1] ?? otherwise[spoken % otherwise.length] ?? '', confidence: known?.[2] ?? 0.84 }
  },
})
const running = await startConsole(folder, ['--demo', '--port', '0'], {
  OPENAI_BASE_URL: model.url,
  OPENAI_MODEL: 'stand-in',
})
const executablePath = findBrowser()
if (!executablePath) throw new Error('The picture needs a browser; npm test installs one.')
const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' })
await page.goto(running.url)
const sarah = page.getByRole('list', { name: 'Conversations' }).getByRole('listitem').filter({ hasText: 'Sarah' })
await sarah.getByText('Waiting for you').waitFor({ timeout: 180_000 })
await sarah.getByRole('link').click()
await page.getByRole('log', { name: 'Messages' }).waitFor()
await page.waitForTimeout(2_500)
await page.screenshot({ path: join(import.meta.dirname, '../docs/inbox.png') })
await browser.close()
await running.stop()
await model.close()
rmSync(folder, { recursive: true, force: true })
process.exit(0)
