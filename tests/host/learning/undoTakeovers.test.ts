import fc from 'fast-check'
import { expect, test } from 'vitest'
import { correctIntervention, markLearned, setInterventionActive } from '../../../host/learning/index.ts'
import { refreshProfile } from '../../../host/learning/profile/index.ts'
import { reactions, techniques, tones } from '../../../shared/taxonomy/learning.ts'
import { challenge, grounding, openTakeovers } from './takeovers.ts'

const clientIds = ['ada', 'ben', 'cleo'] as const
const played = [
  grounding,
  challenge,
  { ...grounding, reaction: 'Hm.' },
  {
    moment: 'I keep putting it off',
    coach: ['What would make it easier? Start with five minutes.'],
    reaction: 'Good idea, I will try.',
  },
]

const act = fc.oneof(
  fc.record({ kind: fc.constant('turn off' as const), which: fc.nat(5) }),
  fc.record({
    kind: fc.constant('correct' as const),
    which: fc.nat(5),
    corrections: fc.record(
      {
        techniqueType: fc.constantFrom(...techniques),
        styleTone: fc.constantFrom(...tones),
        clientReaction: fc.constantFrom(...reactions),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    kind: fc.constant('mark' as const),
    which: fc.nat(5),
    mark: fc.constantFrom('paused' as const, 'undone' as const),
  }),
)

test('undoing what was done, the last first, brings back exactly what was learned before', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...clientIds), fc.nat(played.length - 1)), { minLength: 1, maxLength: 5 }),
      fc.array(act, { minLength: 1, maxLength: 6 }),
      (takeovers, acts) => {
        const house = openTakeovers()
        for (const id of clientIds) house.addClient(id, id)
        for (const [id, which] of takeovers) {
          const one = played[which]
          if (one) house.takeOver(id, one)
        }
        const undo: (() => void)[] = []
        const states: string[] = []
        const settle = () => house.write((tx) => refreshProfile(tx))
        for (const one of acts) {
          const analyses = house.analyses()
          const analysis = analyses[one.which % analyses.length]
          const approaches = house.approaches()
          const approach = approaches[one.which % Math.max(1, approaches.length)]
          if (!analysis) return
          states.push(house.everything())
          const { id } = analysis
          if (one.kind === 'turn off') {
            const isActive = analysis.isActive
            house.write((tx) => setInterventionActive(tx, { id, isActive: false }, house.now()))
            undo.push(() => house.write((tx) => setInterventionActive(tx, { id, isActive }, house.now())))
          } else if (one.kind === 'correct') {
            const before = JSON.parse(analysis.corrections)
            house.write((tx) => correctIntervention(tx, { id, corrections: one.corrections }, house.now()))
            undo.push(() => house.write((tx) => correctIntervention(tx, { id, corrections: before }, house.now())))
          } else {
            const key = approach?.id ?? 'nothing'
            const { clientId } = analysis
            // A mark that stands already is replaced: taking it back is setting the former one.
            if (JSON.stringify(house.everything()).includes(key) && house.everything().includes(`"itemKey":"${key}"`)) {
              states.pop()
              continue
            }
            house.write((tx) => markLearned(tx, { kind: 'approach', key, clientId, mark: one.mark }, house.now()))
            undo.push(() =>
              house.write((tx) => markLearned(tx, { kind: 'approach', key, clientId, mark: null }, house.now())),
            )
          }
          settle()
        }
        while (undo.length > 0) {
          undo.pop()?.()
          settle()
          expect(house.everything()).toBe(states.pop())
        }
      },
    ),
    { seed: 20_261_122, numRuns: 12 },
  )
}, 120_000)
