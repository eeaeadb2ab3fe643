// A process that takes a data folder, says so, and stays until it is ended.
import { takeInstanceLock } from '../../../db/instanceLock.ts'

takeInstanceLock(process.argv[2] ?? '')
process.stdout.write('held\n')
process.stdin.resume()
