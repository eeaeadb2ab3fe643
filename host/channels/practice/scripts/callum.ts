import type { Script } from '../script.ts'

/** An idiom trap: everything kills him and nothing is wrong. Whoever sounds the alarm embarrasses him. */
export const callum: Script = {
  id: 'callum',
  name: 'Callum F.',
  timeZone: 'Europe/London',
  startsAfterSeconds: 30,
  first: 'killing_me',
  steps: {
    killing_me: {
      says: 'This deadline is killing me. Send help. Or biscuits.',
      listens: {
        person: 'figure_of_speech',
        calm: 'not_that_bad',
        advice: 'dead_on_my_feet',
        question: 'thirty_slides',
        otherwise: 'thirty_slides',
        silent: { forSeconds: 75, step: 'the_cat' },
      },
    },
    figure_of_speech: {
      says: 'Oh no, sorry! That was a figure of speech. Please do not send anybody, it is a slide deck.',
      listens: { otherwise: 'thirty_slides', silent: { forSeconds: 60, step: 'thirty_slides' } },
    },
    not_that_bad: {
      says: 'Ha, thanks. It is honestly not that bad. I am just being dramatic before lunch.',
      goesOn: { inSeconds: 20, step: 'thirty_slides' },
    },
    dead_on_my_feet: {
      says: 'Sensible, and I would, but I am dead on my feet. I could murder a coffee.',
      listens: {
        person: 'figure_of_speech',
        otherwise: 'thirty_slides',
        silent: { forSeconds: 60, step: 'thirty_slides' },
      },
    },
    the_cat: {
      says: 'Meanwhile my daughter has put the cat into a doll dress. I nearly died laughing.',
      listens: { person: 'figure_of_speech', otherwise: 'thirty_slides' },
    },
    thirty_slides: {
      says: 'It is the big deck for Friday. Thirty slides, and my boss will kill me if the numbers are off again.',
      listens: {
        person: 'really_fine',
        calm: 'under_the_jokes',
        advice: 'shoot_it_down',
        question: 'under_the_jokes',
        otherwise: 'shoot_it_down',
        silent: { forSeconds: 100, step: 'shoot_it_down' },
      },
    },
    really_fine: {
      says: 'She will not, I promise. She is lovely. I talk like this when I am nervous.',
      goesOn: { inSeconds: 18, step: 'under_the_jokes' },
    },
    shoot_it_down: {
      says: 'They will shoot it down anyway. Last time I was dying of embarrassment by slide three.',
      listens: { person: 'really_fine', otherwise: 'under_the_jokes' },
    },
    under_the_jokes: {
      says: 'All right, without the jokes. My voice went last time, in front of everyone, and I have been avoiding this deck for two weeks.',
      listens: {
        advice: 'to_the_cat',
        question: 'slide_nine',
        calm: 'slide_nine',
        otherwise: 'slide_nine',
        silent: { forSeconds: 120, step: 'slide_nine' },
      },
    },
    slide_nine: {
      says: 'It is really only slide nine. That is the one I do not believe in myself.',
      listens: { otherwise: 'to_the_cat' },
    },
    to_the_cat: {
      says: 'Fine. Three minutes out loud tonight, to the cat. Tough crowd. Thank you, you are a lifesaver.',
    },
  },
}
