import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assetHeaders, decideAsset, withNonce } from '../../../electron/policies/assets.ts'
import { contentSecurityPolicy } from '../../../electron/policies/contentSecurity.ts'
import { isOwnDownload } from '../../../electron/policies/downloads.ts'
import { isConsolePage } from '../../../electron/policies/navigation.ts'
import { externalAddress } from '../../../electron/policies/openExternal.ts'
import { isPermitted, type Permission } from '../../../electron/policies/permissions.ts'
import { isOwnResource } from '../../../electron/policies/requests.ts'
import { isTrustedSender } from '../../../electron/policies/senders.ts'
import { webPreferences } from '../../../electron/policies/webPreferences.ts'
import { decideWindowOpen } from '../../../electron/policies/windowOpen.ts'

const strangers = [
  'app://console.evil.example/',
  'app://console@evil.example/',
  'app://name:word@console/',
  'app://console:80/',
  'app://other/',
  'apps://console/',
  'https://console/',
  'file:///app://console/',
  'data:text/html,app://console/',
  'about:blank',
  'javascript:alert(1)',
  'console',
  '',
]

describe('navigation', () => {
  test('only the console’s page may be shown', () => {
    for (const address of ['app://console', 'app://console/', 'app://console/index.html', 'app://console/#/inbox/c1']) {
      expect(isConsolePage(address), address).toBe(true)
    }
    for (const address of [...strangers, 'app://console/assets/page.js']) {
      expect(isConsolePage(address), address).toBe(false)
    }
  })
})

describe('senders', () => {
  test('only the page itself is believed', () => {
    expect(isTrustedSender({ url: 'app://console/#/inbox', parent: null })).toBe(true)
    expect(isTrustedSender({ url: 'app://console/', parent: {} })).toBe(false)
    expect(isTrustedSender(null)).toBe(false)
    for (const url of strangers) expect(isTrustedSender({ url, parent: null }), url).toBe(false)
  })
})

describe('permissions', () => {
  const asked: Permission[] = [
    'notifications',
    'media',
    'geolocation',
    'clipboard-read',
    'display-capture',
    'fileSystem',
    'hid',
    'usb',
    'serial',
    'midi',
    'openExternal',
    'local-fonts',
    'idle-detection',
    'unknown',
  ]

  test('everything is denied but putting text on the clipboard', () => {
    expect(isPermitted('clipboard-sanitized-write', 'app://console/', true)).toBe(true)
    for (const permission of asked) expect(isPermitted(permission, 'app://console/', true), permission).toBe(false)
  })

  test('what the console may do, no other page and no inner frame may', () => {
    expect(isPermitted('clipboard-sanitized-write', 'app://console/', false)).toBe(false)
    for (const url of strangers) expect(isPermitted('clipboard-sanitized-write', url, true), url).toBe(false)
  })
})

describe('addresses outside', () => {
  test('only plain https addresses are opened in the browser', () => {
    expect(externalAddress('https://example.com/keys?tab=1#new')?.href).toBe('https://example.com/keys?tab=1#new')
    for (const address of [
      'http://example.com/',
      'https://name:word@example.com/',
      'https://example.com:8443/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'mailto:a@example.com',
      'ms-settings:privacy',
      'smb://server/share',
      'app://console/',
      `https://example.com/${'a'.repeat(2_000)}`,
      'not an address',
    ]) {
      expect(externalAddress(address), address).toBeUndefined()
    }
  })

  test('a page never gets a window of its own', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (url) => decideWindowOpen(url).response.action === 'deny'),
    )
    expect(decideWindowOpen('https://example.com/').offer?.hostname).toBe('example.com')
    expect(decideWindowOpen('file:///etc/passwd').offer).toBeUndefined()
  })

  test('only what the console’s own page put together can be saved as a file', () => {
    expect(isOwnDownload('blob:app://console/0f0e')).toBe(true)
    for (const url of [
      'https://example.com/a.zip',
      'app://console/index.html',
      'data:text/html,a',
      'blob:app://other/0',
      'blob:https://a.com/0',
    ])
      expect(isOwnDownload(url), url).toBe(false)
  })

  test('a window loads only what the app carries', () => {
    for (const url of ['app://console/assets/a.js', 'data:image/png;base64,AA', 'blob:app://console/0f0e']) {
      expect(isOwnResource(url, false), url).toBe(true)
    }
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1/',
      'wss://example.com/',
      'ws://127.0.0.1:1/',
      'file:///etc/passwd',
      'blob:https://example.com/0f0e',
      'app://other/',
      'devtools://devtools/bundled/inspector.html',
      '',
    ]) {
      expect(isOwnResource(url, false), url).toBe(false)
    }
    expect(isOwnResource('devtools://devtools/bundled/inspector.html', true)).toBe(true)
  })
})

describe('web preferences', () => {
  test('a window is isolated, sandboxed, without Node, and remembers nothing on disk', () => {
    expect(webPreferences('/preload.cjs', 'linux', true)).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      devTools: false,
      partition: expect.not.stringMatching(/^persist:/),
    })
  })

  test('the spell checker never fetches dictionaries', () => {
    expect(webPreferences('', 'linux', true).spellcheck).toBe(false)
    expect(webPreferences('', 'win32', true).spellcheck).toBe(false)
  })
})

describe('content security policy', () => {
  const directives = new Map(
    contentSecurityPolicy('bm9uY2U=')
      .split('; ')
      .map((directive) => {
        const [name = '', ...sources] = directive.split(' ')
        return [name, sources]
      }),
  )

  test('starts from nothing and allows nothing unsafe or remote', () => {
    expect(directives.get('default-src')).toEqual(["'none'"])
    const sources = [...directives.values()].flat()
    expect(sources.filter((source) => /unsafe|\*|https?:|wss?:/.test(source))).toEqual([])
  })

  test('scripts come from the app alone, styles also with the nonce of this page', () => {
    expect(directives.get('script-src')).toEqual(["'self'"])
    expect(directives.get('style-src')).toEqual(["'self'", "'nonce-bm9uY2U='"])
    for (const name of ['base-uri', 'form-action', 'frame-src', 'frame-ancestors', 'object-src']) {
      expect(directives.get(name), name).toEqual(["'none'"])
    }
  })

  test('goes with every answer, and the nonce is put in every place of the page', () => {
    expect(assetHeaders('text/css', 'n1')).toMatchObject({
      'Content-Type': 'text/css',
      'Content-Security-Policy': expect.stringContaining("'nonce-n1'"),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    })
    expect(withNonce('<a n="__CSP_NONCE__"><b n="__CSP_NONCE__">', 'n1')).toBe('<a n="n1"><b n="n1">')
  })
})

describe('files of the console', () => {
  const folder = join('/', 'opt', 'console')
  const decide = (address: string, method = 'GET') => decideAsset(folder, method, address)

  test('are found under their folder, with the type of their ending', () => {
    expect(decide('app://console/')).toEqual({
      status: 200,
      file: join(folder, 'index.html'),
      mimeType: 'text/html; charset=utf-8',
      isPage: true,
    })
    expect(decide('app://console/assets/inter%20a.woff2?v=1#x')).toMatchObject({
      status: 200,
      file: join(folder, 'assets', 'inter a.woff2'),
      mimeType: 'font/woff2',
      isPage: false,
    })
  })

  test('are the only files that are served', () => {
    for (const path of [
      'index.html.map',
      'notes',
      '.env.json',
      'assets/.hidden.js',
      '%2e%2e%2fmain.js',
      '..%2f..%2fmain.js',
      '..%5c..%5cmain.js',
      '%00.js',
      'C:%5cmain.js',
      '%E0%A4%A.js',
    ]) {
      expect(decide(`app://console/${path}`).status, path).toBe(404)
    }
    for (const address of ['app://other/index.html', 'https://console/index.html', 'app://a:b@console/index.html']) {
      expect(decide(address).status, address).toBe(403)
    }
    for (const method of ['POST', 'PUT', 'OPTIONS']) expect(decide('app://console/', method).status).toBe(405)
  })

  test('whatever the address, nothing outside the folder is ever served', () => {
    const step = fc.constantFrom('..', '.', '%2e%2e', '%2E.', '%2f', '%5c', '\\', '/', '//', 'a', 'main.js', '%00', '%')
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const decision = decide(`app://console/${steps.join('/')}/x.js`)
        return decision.status !== 200 || decision.file.startsWith(join(folder, '/'))
      }),
    )
  })
})
