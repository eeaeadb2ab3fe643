import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  addNote,
  countCannedUse,
  listCanned,
  listNotes,
  removeCanned,
  removeNote,
  saveCanned,
  updateNote,
} from '../../../host/notes/index.ts'
import { type Inbox, openInbox } from './world.ts'

let inbox: Inbox
beforeEach(() => {
  inbox = openInbox()
  inbox.addClient('ann', 'Ann')
  inbox.addClient('ben', 'Ben')
})
afterEach(() => inbox.close())

describe('notes about a client', () => {
  const add = (clientId: string, text: string, now: number) => inbox.write((tx) => addNote(tx, { clientId, text }, now))
  const texts = (clientId: string) => listNotes(inbox.queries, clientId).rows.map((note) => note.text)

  test('are listed newest first, and never with another client', () => {
    add('ann', 'likes walks', 1)
    add('ann', 'has a dog', 2)
    add('ben', 'sings', 3)
    expect(texts('ann')).toEqual(['has a dog', 'likes walks'])
    expect(texts('ben')).toEqual(['sings'])
    expect(inbox.changes.at(-1)).toEqual({ topic: 'notes', id: 'ben' })
  })

  test('can be changed and removed; what another window removed cannot be changed', () => {
    const note = add('ann', 'likes walks', 1)
    inbox.write((tx) => updateNote(tx, { noteId: note.id, text: 'likes long walks' }, 5))
    expect(listNotes(inbox.queries, 'ann').rows).toEqual([
      { id: note.id, clientId: 'ann', text: 'likes long walks', createdAt: 1, updatedAt: 5 },
    ])
    inbox.write((tx) => removeNote(tx, note.id))
    inbox.write((tx) => removeNote(tx, note.id))
    expect(texts('ann')).toEqual([])
    expect(() => inbox.write((tx) => updateNote(tx, { noteId: note.id, text: 'x' }, 6))).toThrow('no longer here')
  })

  test('about nobody are refused', () => {
    expect(() => add('nobody', 'x', 1)).toThrow('no longer here')
  })
})

describe('texts the coach uses often', () => {
  const save = (name: string, text = 'Hello {{first_name}}', id?: string) =>
    inbox.write((tx) => saveCanned(tx, { id, name, text }, 1)).id
  const names = () => listCanned(inbox.queries).rows.map((reply) => reply.name)

  test('are listed most used first, then by name', () => {
    save('Übung')
    const second = save('Greeting')
    save('Apology')
    inbox.write((tx) => countCannedUse(tx, second))
    expect(names()).toEqual(['Greeting', 'Apology', 'Übung'])
    expect(listCanned(inbox.queries).rows[0]?.timesUsed).toBe(1)
  })

  test('a name that is taken is refused, in whatever case', () => {
    const first = save('Übung')
    expect(() => save('übung')).toThrow('Another reply has this name already')
    save('ÜBUNG', 'changed', first)
    expect(listCanned(inbox.queries).rows).toEqual([{ id: first, name: 'ÜBUNG', text: 'changed', timesUsed: 0 }])
  })

  test('one that another window removed cannot be saved, and counting its use stops no send', () => {
    const id = save('Greeting')
    inbox.write((tx) => removeCanned(tx, id))
    expect(() => save('Greeting', 'x', id)).toThrow('no longer here')
    inbox.write((tx) => countCannedUse(tx, id))
    expect(names()).toEqual([])
  })
})
