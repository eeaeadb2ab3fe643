export { type Calibration, calibrate, reliability, repliesBehind } from './calibration.ts'
