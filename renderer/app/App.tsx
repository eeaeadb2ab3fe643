import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { queryClient } from '../transport/console.ts'
import { Boot } from './Boot.tsx'
import { cssVariables, theme } from './theme.ts'

const styleNonce = () => document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''

export const App = () => (
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    defaultColorScheme="auto"
    getStyleNonce={styleNonce}
  >
    <QueryClientProvider client={queryClient}>
      <Notifications position="bottom-left" limit={3} />
      <Boot />
    </QueryClientProvider>
  </MantineProvider>
)
