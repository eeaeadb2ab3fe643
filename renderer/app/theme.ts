import { type CSSVariablesResolver, createTheme, Drawer, Modal, Popover, Select } from '@mantine/core'

/** Mantine, dressed in the design tokens of tokens.css. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 8,
  primaryColor: 'teal',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '14px', md: '15px', lg: '16px', xl: '18px' },
  components: {
    // The page itself never scrolls, and the lock would write a style tag without a nonce.
    Modal: Modal.extend({
      defaultProps: {
        lockScroll: false,
        radius: 14,
        centered: true,
        overlayProps: { backgroundOpacity: 0.4 },
        transitionProps: { duration: 120 },
      },
    }),
    Drawer: Drawer.extend({
      defaultProps: {
        lockScroll: false,
        position: 'right',
        overlayProps: { backgroundOpacity: 0.3 },
        transitionProps: { duration: 140 },
      },
    }),
    Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 80 } } }),
    // The list itself scrolls (mantine.css): a frame around it would be one that no key reaches.
    Select: Select.extend({ defaultProps: { withScrollArea: false } }),
  },
})

export const cssVariables: CSSVariablesResolver = () => {
  const tokens = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--muted)',
    '--mantine-color-placeholder': 'var(--muted)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-error': 'var(--lock)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-primary-color-light': 'var(--accent-soft)',
    '--mantine-primary-color-light-color': 'var(--accent)',
    '--mantine-line-height': '1.5',
  }
  return { variables: {}, light: tokens, dark: tokens }
}
