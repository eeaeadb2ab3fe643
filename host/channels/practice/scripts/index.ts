import type { Script } from '../script.ts'
import { ade } from './ade.ts'
import { callum } from './callum.ts'
import { dan } from './dan.ts'
import { june } from './june.ts'
import { lucia } from './lucia.ts'
import { noor } from './noor.ts'
import { priya } from './priya.ts'
import { sarah } from './sarah.ts'
import { tomas } from './tomas.ts'

/** Everyone a coach can rehearse with, in the order in which they begin to write. */
export const scripts: readonly Script[] = [sarah, tomas, june, priya, ade, callum, noor, lucia, dan]
