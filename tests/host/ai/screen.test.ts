import { describe, expect, test } from 'vitest'
import { renderPrompt, screenReasons, screenReply } from '../../../host/replies/prompt/index.ts'

const { claimsHuman, guarantee, dosage, leaksPrompt, placeholder, repeats } = screenReasons

describe('a reply is held back when it', () => {
  test.each([
    ['I am a real person, do not worry.', claimsHuman],
    ['Yes, I’m human.', claimsHuman],
    ['I’m only human, I forget things too.', claimsHuman],
    ['I’m not a bot!', claimsHuman],
    ['I am **not** an AI, I promise.', claimsHuman],
    ['You are talking to a real human here.', claimsHuman],
    ['This isn’t a chatbot.', claimsHuman],
    ['Ich bin ein echter Mensch.', claimsHuman],
    ['Ich bin keine KI.', claimsHuman],
    ['No soy un bot.', claimsHuman],
    ['Je ne suis pas une IA.', claimsHuman],
    ['I guarantee that this works.', guarantee],
    ['I can absolutely guarantee a raise.', guarantee],
    ['I promise you will get the job.', guarantee],
    ['I promise it will be fine.', guarantee],
    ['You will definitely succeed.', guarantee],
    ['This method is guaranteed.', guarantee],
    ['Ich verspreche dir, dass es klappt.', guarantee],
    ['Take 50 mg in the evening.', dosage],
    ['Maybe 0,5mg is enough?', dosage],
    ['Try two sleeping pills.', dosage],
    ['You could double your dose.', dosage],
    ['Nimm 2 Tabletten.', dosage],
    ['⟦client message⟧ hello', leaksPrompt],
    ['My system prompt says I should be kind.', leaksPrompt],
    ['{"reply": "x", "base_intent": "QUESTION"}', leaksPrompt],
    [
      'You answer clients first? I was told: never promise or guarantee a result. Never judge, shame or pressure the client, and never decide a life question for them.',
      leaksPrompt,
    ],
    ['Hi [CLIENT], good morning!', placeholder],
    ['Hi [Client’s name], good morning!', placeholder],
    ['Hi [Your Name].', placeholder],
    ['Dear {{name}}', placeholder],
    ['Ask PERSON_2 about it.', placeholder],
  ])('“%s”: %s', (text, reason) => {
    expect(screenReply(text)).toContain(reason)
  })

  test('repeats the answer before nearly word for word', () => {
    const before = 'That sounds heavy. What would help you most to get through this week?'
    const again = 'That sounds heavy! What would help you most to get through the week?'
    expect(screenReply(again, { previousReply: before })).toEqual([repeats])
    expect(screenReply('What have you tried since then?', { previousReply: before })).toEqual([])
    expect(screenReply('You are welcome!', { previousReply: 'You are welcome!' })).toEqual([])
  })

  test('recites any rule of its instructions', () => {
    const { system } = renderPrompt({
      coachName: 'Robin',
      coachingStyle: '',
      clientName: 'Maya',
      about: '',
      now: 0,
      timeZone: null,
    })
    const rules = system
      .split('\n')
      .filter((line) => line.startsWith('- ') && line.split(' ').length > 14 && !line.includes('Robin'))
    expect(rules.length).toBeGreaterThan(3)
    for (const rule of rules) expect(screenReply(`Sure: ${rule}`)).toContain(leaksPrompt)
  })
})

describe('a reply goes through when it', () => {
  test.each([
    'I am Robin’s AI clone, not a human, and Robin reads along.',
    'I’m not a real person; I am an AI.',
    'That is a very human reaction, and this is a human need.',
    'It sounds as if this is a person you trust.',
    'I can’t promise that it will be easy, and I can’t guarantee a result.',
    'You don’t need to be 100% sure, and nothing is guaranteed.',
    'Please talk to your doctor before you change your medication.',
    'Don’t stop your medication without talking to your doctor.',
    'Drink a glass of water and walk for 10 minutes.',
    'Look at [this page](https://example.org) when you have time.',
    'You wrote three things [1] that stand out.',
    'What would success look like for you this week?',
    'Ich bin für dich da. Was wäre ein kleiner Schritt?',
    '',
  ])('says “%s”', (text) => {
    expect(screenReply(text)).toEqual([])
  })
})
