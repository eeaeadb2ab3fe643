import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fadedBelow, halfLifeDays, strengthAt } from '../host/memory/index.ts'
import { memoryTypes } from '../shared/taxonomy/memory.ts'

// Draws docs/memory-decay.svg: how memories fade that nothing reinforces, and one that was used twice.
const [width, height, left, bottom] = [720, 360, 48, 40]
const days = 730
const dayMs = 86_400_000
const colours = {
  victory: '#2f9e44',
  struggle: '#c92a2a',
  insight: '#6741d9',
  preference: '#1971c2',
  relationship: '#e67700',
  context: '#495057',
}

const x = (day: number): number => left + (day / days) * (width - left - 130)
const y = (strength: number): number => height - bottom - strength * (height - bottom - 20)
const curve = (strength: (day: number) => number): string =>
  Array.from(
    { length: days / 5 + 1 },
    (_, step) => `${x(step * 5).toFixed(1)},${y(strength(step * 5)).toFixed(1)}`,
  ).join(' ')

const lines = memoryTypes.map((type, nth) => {
  const points = curve((day) => strengthAt({ type, strength: 1, lastReinforcedAt: 0, reinforcements: 0 }, day * dayMs))
  const label = `<text x="${width - 120}" y="${30 + nth * 18}" fill="${colours[type]}">${type} (${halfLifeDays[type]} days)</text>`
  return `<polyline points="${points}" fill="none" stroke="${colours[type]}" stroke-width="1.6"/>${label}`
})
const used = curve((day) => {
  const reinforced = [0, 60, 180].filter((at) => at <= day)
  const last = (reinforced.at(-1) ?? 0) * dayMs
  return strengthAt(
    { type: 'victory', strength: 1, lastReinforcedAt: last, reinforcements: reinforced.length - 1 },
    day * dayMs,
  )
})
const ticks = [0, 90, 180, 365, 545, 730].map(
  (day) => `<text x="${x(day)}" y="${height - 20}" text-anchor="middle">${day}</text>`,
)
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">
<title>How memories fade with the days since they were last reinforced</title>
<rect width="${width}" height="${height}" fill="#fff"/>
<path d="M${left} 20V${height - bottom}H${x(days)}" stroke="#868e96" fill="none"/>
<path d="M${left} ${y(fadedBelow)}H${x(days)}" stroke="#868e96" stroke-dasharray="4 4"/>
<text x="${left + 4}" y="${y(fadedBelow) - 4}">faded below ${fadedBelow}</text>
${[0, 0.5, 1].map((level) => `<text x="${left - 6}" y="${y(level) + 4}" text-anchor="end">${level}</text>`).join('')}
${ticks.join('')}
<text x="${x(days / 2)}" y="${height - 4}" text-anchor="middle">days since it was last reinforced</text>
${lines.join('\n')}
<polyline points="${used}" fill="none" stroke="${colours.victory}" stroke-width="1.6" stroke-dasharray="5 3"/>
<text x="${width - 120}" y="${30 + memoryTypes.length * 18}" fill="${colours.victory}">victory, used twice</text>
</svg>
`
writeFileSync(join(import.meta.dirname, '../docs/memory-decay.svg'), svg)
