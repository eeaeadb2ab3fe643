export { calibrate, reliability, repliesBehind } from './calibration.ts'
