import type { MemoryGroup, MemoryLayer } from '../../../shared/taxonomy/memory.ts'

interface Group {
  readonly layer: MemoryLayer
  /** The kinds of its layer that belong to it; null for all. */
  readonly kinds: readonly string[] | null
}

/** Which items a group shows: every kind of every layer is in exactly one. */
export const groups = {
  goals: { layer: 'insight', kinds: ['goal'] },
  promises: { layer: 'insight', kinds: ['commitment'] },
  blockers: { layer: 'insight', kinds: ['blocker'] },
  breakthroughs: { layer: 'insight', kinds: ['breakthrough'] },
  triggers: { layer: 'insight', kinds: ['trigger'] },
  person: { layer: 'relationship', kinds: null },
  wishes: { layer: 'preference', kinds: null },
  likes: { layer: 'episodic', kinds: ['preference'] },
  people: { layer: 'episodic', kinds: ['relationship'] },
  life: { layer: 'episodic', kinds: ['context'] },
  moments: { layer: 'episodic', kinds: ['victory', 'struggle', 'insight'] },
} as const satisfies Record<MemoryGroup, Group>
