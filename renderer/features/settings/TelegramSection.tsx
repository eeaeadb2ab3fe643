import { useQuery } from '@tanstack/react-query'
import { Problem } from '../../components/Problem.tsx'
import { queries } from '../../transport/console.ts'
import { Section } from './Section.tsx'
import type { Settings } from './saveSettings.ts'
import { TelegramBusiness } from './TelegramBusiness.tsx'
import { TelegramConnected } from './TelegramConnected.tsx'
import { TelegramOwnPhone } from './TelegramOwnPhone.tsx'
import { TelegramSetUp } from './TelegramSetUp.tsx'

/** From no bot at all to real clients, a phone that is called, and a clone that answers in the coach's own chats. */
export const TelegramSection = ({ settings }: { readonly settings: Settings }) => {
  const telegram = useQuery(queries.channels.telegram.queryOptions())
  const status = telegram.data
  return (
    <Section
      id="telegram"
      title="Telegram"
      lead="Real clients write to a bot of yours. Messages are fetched by this console itself, as long as it runs; Telegram keeps them for 24 hours."
    >
      {telegram.isError ? <Problem error={telegram.error} onRetry={() => void telegram.refetch()} /> : null}
      {status && !status.hasToken ? <TelegramSetUp settings={settings} /> : null}
      {status?.hasToken ? (
        <>
          <TelegramConnected status={status} />
          <TelegramOwnPhone status={status} />
          <TelegramBusiness status={status} />
        </>
      ) : null}
    </Section>
  )
}
