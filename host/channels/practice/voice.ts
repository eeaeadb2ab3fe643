const samplesPerSecond = 8_000
const headerBytes = 44

/** A hum that rises and falls like a sentence, as a WAV: it can be played, and nobody can read it. */
export const humVoiceNote = (seconds: number): Uint8Array => {
  const count = Math.round(seconds * samplesPerSecond)
  const wav = Buffer.alloc(headerBytes + count)
  wav.write('RIFF', 0, 'latin1')
  wav.writeUInt32LE(headerBytes - 8 + count, 4)
  wav.write('WAVEfmt ', 8, 'latin1')
  wav.writeUInt32LE(16, 16)
  // Plain PCM, one channel, one byte a sample.
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(samplesPerSecond, 24)
  wav.writeUInt32LE(samplesPerSecond, 28)
  wav.writeUInt16LE(1, 32)
  wav.writeUInt16LE(8, 34)
  wav.write('data', 36, 'latin1')
  wav.writeUInt32LE(count, 40)
  for (let at = 0; at < count; at += 1) wav[headerBytes + at] = sampleAt(at / samplesPerSecond)
  return wav
}

const sampleAt = (time: number): number => {
  const turn = 2 * Math.PI * time
  const syllable = Math.abs(Math.sin(turn * 1.5)) * 0.7
  const pitch = Math.sin(turn * 170 + 2 * Math.sin(turn * 0.4))
  return Math.round(128 + 90 * syllable * pitch)
}
