import { useRef, useState } from 'react'
import type { Client } from '../../../../shared/contract/clients.ts'
import { Button } from '../../../components/Button.tsx'
import { askToErase } from './erasing.ts'
import { MergeClient } from './MergeClient.tsx'
import { SaveButton } from './SaveButton.tsx'
import './data.css'

/** What can be done with everything that is kept of a client: saving it, joining it with another's, erasing it. */
export const ClientData = ({ client }: { readonly client: Client }) => {
  const eraser = useRef<HTMLButtonElement>(null)
  const [isMerging, setMerging] = useState(false)
  return (
    <section className="client-data" aria-labelledby="client-data-title">
      <h3 id="client-data-title">This client’s data</h3>
      <div className="client-data-row">
        <p>
          Save everything about {client.name}: the conversations with their files, notes and what is remembered, to read
          and for other programs. The file is not encrypted.
        </p>
        <SaveButton clientId={client.id}>Export</SaveButton>
      </div>
      <div className="client-data-row">
        <p>The same person under another name or on another channel? Make the two one client.</p>
        <Button onClick={() => setMerging(true)}>Merge with another client…</Button>
      </div>
      <div className="client-data-row">
        <p>Remove {client.name} and everything that is kept of them, for good.</p>
        <Button ref={eraser} kind="danger" onClick={() => askToErase(client, () => eraser.current)}>
          Erase…
        </Button>
      </div>
      {isMerging ? <MergeClient client={client} onClose={() => setMerging(false)} /> : null}
    </section>
  )
}
