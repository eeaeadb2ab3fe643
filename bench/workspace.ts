import { join } from 'node:path'
import { readKeyFile } from '../db/keyFile.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { connectConsole, startConsole } from '../tests/fixtures/console.ts'
import { fillMessages } from './fill.ts'

/** A real, encrypted workspace with a key file and so many messages in it. Ids of the conversations that were filled. */
export const fillWorkspace = async (
  folder: string,
  filling: { messages: number; clients: number; longThread?: number },
): Promise<string[]> => {
  const made = await startConsole(folder, ['--demo'])
  const { client, close } = await connectConsole(made.url)
  await client.channels.stopPractice()
  close()
  await made.stop()
  const opened = openDatabase({ file: join(folder, 'opencoach.db'), key: readKeyFile(folder) })
  try {
    migrate(opened.sqlite)
    process.stderr.write(`Filling ${filling.messages} messages…\n`)
    return fillMessages(opened.sqlite, filling)
  } finally {
    opened.close()
  }
}
