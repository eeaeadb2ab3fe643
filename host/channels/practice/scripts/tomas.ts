import type { Script } from '../script.ts'

/** A breakthrough: after years of trying, a habit has held for a month, and he begins to see why. */
export const tomas: Script = {
  id: 'tomas',
  name: 'Tomás L.',
  timeZone: 'America/Bogota',
  startsAfterSeconds: 5,
  first: 'good_news',
  steps: {
    good_news: {
      says: 'Good morning! I have to tell somebody: I got up at six every single day this week. Even on Sunday!',
      listens: {
        person: 'you_yourself',
        question: 'what_changed',
        otherwise: 'look_at_this',
        silent: { forSeconds: 35, step: 'look_at_this' },
      },
    },
    you_yourself: {
      says: 'Ah, it is you yourself! Good. Then you have to see this.',
      goesOn: { inSeconds: 12, step: 'picture' },
    },
    what_changed: {
      says: 'I stopped asking whether I feel like it. The shoes stand next to the bed, and I only have to put them on. Wait, I will show you something.',
      goesOn: { inSeconds: 14, step: 'picture' },
    },
    look_at_this: {
      says: 'Wait, I will show you something.',
      goesOn: { inSeconds: 12, step: 'picture' },
    },
    picture: {
      says: 'My habit tracker, five weeks. Look at the last row! In January it was almost all grey.',
      sends: 'habit_picture',
      listens: {
        question: 'not_the_running',
        advice: 'careful_with_more',
        otherwise: 'not_the_running',
        silent: { forSeconds: 60, step: 'not_the_running' },
      },
    },
    careful_with_more: {
      says: 'Maybe. But I would rather not add anything yet. Every time I added something, I lost the whole thing.',
      goesOn: { inSeconds: 20, step: 'not_the_running' },
    },
    not_the_running: {
      says: 'You know what is strange? It is not really about the running. On Thursday I kept a promise to myself before anyone else had asked me for something.',
      listens: {
        question: 'since_my_father',
        calm: 'since_my_father',
        otherwise: 'proud_and_afraid',
        silent: { forSeconds: 75, step: 'proud_and_afraid' },
      },
    },
    since_my_father: {
      says: 'I think I have been waiting for permission since my father fell ill. And nobody was ever going to give it to me. I had to sit down when I noticed that.',
      listens: {
        otherwise: 'proud_and_afraid',
        silent: { forSeconds: 90, step: 'proud_and_afraid' },
      },
    },
    proud_and_afraid: {
      says: 'I am proud of this, and a little afraid that it will not last when work gets busy in March. What would you do?',
      listens: {
        advice: 'try_that',
        question: 'smaller_version',
        otherwise: 'smaller_version',
      },
    },
    try_that: {
      says: 'I like that. I will write it on the first page of the tracker. Thank you, really.',
    },
    smaller_version: {
      says: 'On a bad day, the shoes alone should count. Shoes on, door open, one minute. That I can do even in March. Thank you, really.',
    },
  },
}
