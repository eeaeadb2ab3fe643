import dns from 'node:dns'
import net from 'node:net'

// No test may leave the machine: any connection that is not loopback fails loudly.
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)

const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]) {
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0]
  const isPath =
    typeof first === 'string' || (typeof first === 'object' && first !== null && 'path' in first && Boolean(first.path))
  const host =
    typeof first === 'object' && first !== null && 'host' in first && typeof first.host === 'string'
      ? first.host
      : typeof args[1] === 'string'
        ? args[1]
        : 'localhost'
  if (!isPath && !isLoopback(host)) throw new Error(`A test tried to reach ${host}; only loopback is allowed.`)
  return Reflect.apply(connect, this, args)
}

const lookup = dns.lookup
Object.assign(dns, {
  lookup: (host: string, ...rest: unknown[]) => {
    if (!isLoopback(host)) throw new Error(`A test tried to look up ${host}; only loopback is allowed.`)
    return Reflect.apply(lookup, dns, [host, ...rest])
  },
})
