import type { ServerResponse } from 'node:http'

/** Ways in which model servers have been seen to fail. */
export type Misbehaviour =
  | 'hang'
  | 'drip'
  | 'html'
  | 'close_before_answer'
  | 'close_mid_answer'
  | 'empty_body'
  | 'empty_content'
  | 'not_json'
  | 'wrong_shape'
  | 'enormous'
  | 'refusal'
  | 'quota'
  | 'error_500'
  | 'error_503'
  | 'error_401'
  | 'error_403'
  | 'error_404'
  | 'error_400_context'
  | 'redirect'
  | 'refuse_json_schema'
  | 'refuse_response_format'
  | { readonly busyForSeconds: number }

const fail = (
  response: ServerResponse,
  status: number,
  message: string,
  headers: Record<string, string> = {},
): true => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify({ error: { message, type: 'server_error', param: null, code: null } }))
  return true
}

const say = (response: ServerResponse, type: string, body: string): true => {
  response.writeHead(200, { 'content-type': type })
  response.end(body)
  return true
}

const drip = (response: ServerResponse, body: string): true => {
  response.writeHead(200, { 'content-type': 'application/json' })
  let at = 0
  const timer = setInterval(() => {
    response.write(body[at % body.length] ?? ' ')
    at += 1
  }, 20)
  response.on('close', () => clearInterval(timer))
  return true
}

const flood = (response: ServerResponse): true => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const chunk = Buffer.alloc(64 * 1024, 'x')
  const pour = (): void => {
    while (!response.destroyed && response.write(chunk));
  }
  response.on('drain', pour)
  pour()
  return true
}

const withContent = (content: () => string, text: string | null, refusal: string | null = null): string => {
  const body = JSON.parse(content())
  body.choices[0].message.content = text
  body.choices[0].message.refusal = refusal
  return JSON.stringify(body)
}

/** Answers a request badly and tells whether it did; false where this request gives no occasion. */
export const misbehave = (
  kind: Misbehaviour,
  format: 'json_schema' | 'json_object' | 'plain',
  response: ServerResponse,
  content: () => string,
): boolean => {
  if (typeof kind === 'object') {
    return fail(response, 429, 'Rate limit reached.', { 'retry-after': String(kind.busyForSeconds) })
  }
  switch (kind) {
    case 'hang':
      return true
    case 'drip':
      return drip(response, content())
    case 'html':
      return say(response, 'text/html', '<!doctype html><html><body><h1>Welcome to nginx!</h1></body></html>')
    case 'close_before_answer':
      response.destroy()
      return true
    case 'close_mid_answer': {
      const whole = content()
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length })
      response.write(whole.slice(0, 60), () => response.destroy())
      return true
    }
    case 'empty_body':
      return say(response, 'application/json', '')
    case 'empty_content':
      return say(response, 'application/json', withContent(content, ''))
    case 'not_json':
      return say(response, 'application/json', withContent(content, 'I am happy to help you with that!'))
    case 'wrong_shape':
      return say(response, 'application/json', JSON.stringify({ object: 'list', data: [] }))
    case 'enormous':
      return flood(response)
    case 'refusal':
      return say(response, 'application/json', withContent(content, null, 'I cannot help with that.'))
    case 'quota':
      return fail(response, 429, 'You exceeded your current quota, please check your plan and billing details.')
    case 'error_500':
      return fail(response, 500, 'The server had an error while processing your request.')
    case 'error_503':
      return fail(response, 503, 'Loading model')
    case 'error_401':
      return fail(response, 401, 'Incorrect API key provided.')
    case 'error_403':
      return fail(response, 403, 'Country, region, or territory not supported.')
    case 'error_404':
      return fail(response, 404, 'Not Found')
    case 'error_400_context':
      return fail(response, 400, "This model's maximum context length is 4096 tokens.")
    case 'redirect':
      response.writeHead(307, { location: 'https://elsewhere.example/v1/chat/completions' })
      response.end()
      return true
    case 'refuse_json_schema':
      return format === 'json_schema' && fail(response, 400, "'response_format.type' must be 'json_object'.")
    case 'refuse_response_format':
      return format !== 'plain' && fail(response, 422, 'Extra inputs are not permitted: response_format')
  }
}
