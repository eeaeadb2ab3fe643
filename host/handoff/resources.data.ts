/** Open at any hour, or every day between two times of the service's own country (24-hour clock). */
export type Hours = 'always' | { readonly from: string; readonly to: string }

/** A service that listens to people in danger. */
export interface CrisisService {
  /** Its own name, not translated: the caller hears it when somebody picks up. */
  readonly name: string
  /** What is dialled, in no language. */
  readonly phone: string
  /** The same number takes text messages. */
  readonly takesTexts: boolean
  readonly hours: Hours
  /** ISO 639-1, those spoken at any hour it is open. */
  readonly languages: readonly string[]
}

/** One number for everything, or one for each kind of help. */
export type EmergencyNumber = { readonly all: string } | { readonly ambulance: string; readonly police: string }

export interface RegionResources {
  /** ISO 3166-1 alpha-2. */
  readonly region: string
  readonly country: string
  readonly emergency: EmergencyNumber
  /** Null where no one service of the whole country could be confirmed. */
  readonly service: CrisisService | null
  /** The service's or an authority's own page, where the facts are to be compared at the next review. */
  readonly source: string
  /** ISO date of the last comparison; null while it is still due. */
  readonly checkedOn: string | null
  /** What it was compared with, and what was not confirmed. */
  readonly checkedHow: string
}

const checkedOn = '2026-11-21'
const copies = (...pages: readonly string[]): string => `Stored copies, not the live sites: ${pages.join(', ')}.`

/** 112 in the European Union, Norway and Switzerland. */
const page112 = 'vugd.gov.lv/en/single-emergency-call-number-112-europe'
/** A second opinion, never the only one. */
const listOf2026 = 'the support lines of the open-source app Anneal (reviewed by its authors in August 2026)'

const phoneAlways = (name: string, phone: string, ...languages: readonly string[]): CrisisService => ({
  name,
  phone,
  takesTexts: false,
  hours: 'always',
  languages,
})

/** Reviewed by hand; docs/crisis-resources.md says how and what is still open. */
export const crisisResources = [
  {
    region: 'AR',
    country: 'Argentina',
    emergency: { all: '911' },
    service: phoneAlways('Línea Nacional de Salud Mental', '0800 999 0091', 'es'),
    source: 'https://www.argentina.gob.ar/node/513585',
    checkedOn,
    checkedHow: `${copies('cba24n.com.ar (2022)', 'lapostacomodorense.com.ar (2025)', 'emergencias911.mseg.gba.gov.ar')} Some provinces also use 107 for an ambulance.`,
  },
  {
    region: 'AT',
    country: 'Austria',
    emergency: { all: '112' },
    service: phoneAlways('TelefonSeelsorge', '142', 'de'),
    source: 'https://www.telefonseelsorge.at',
    checkedOn,
    checkedHow: copies('ots.at (2023)', 'katholisch.at/telefonseelsorge', page112),
  },
  {
    region: 'AU',
    country: 'Australia',
    emergency: { all: '000' },
    service: phoneAlways('Lifeline', '13 11 14', 'en'),
    source: 'https://www.lifeline.org.au',
    checkedOn,
    checkedHow: copies('healthdirect.gov.au/mental-health-crisis-support', 'lifeinmind.org.au (2022)'),
  },
  {
    region: 'BE',
    country: 'Belgium',
    emergency: { all: '112' },
    service: phoneAlways('Zelfmoordlijn / Prévention du Suicide', '1813 (nl), 0800 32 123 (fr)', 'nl', 'fr'),
    source: 'https://www.zelfmoord1813.be',
    checkedOn,
    checkedHow: copies('vrt.be (2019)', 'bx1.be', 'dhnet.be (2023)', page112),
  },
  {
    region: 'BR',
    country: 'Brazil',
    emergency: { ambulance: '192', police: '190' },
    service: phoneAlways('CVV', '188', 'pt'),
    source: 'https://cvv.org.br',
    checkedOn,
    checkedHow: copies('claudia.abril.com.br (2018)', 'sincofarmamg.org.br (2018)', 'mdbf.com.br (2025)'),
  },
  {
    region: 'CA',
    country: 'Canada',
    emergency: { all: '911' },
    service: { ...phoneAlways('9-8-8 Suicide Crisis Helpline', '988', 'en', 'fr'), takesTexts: true },
    source: 'https://988.ca',
    checkedOn,
    checkedHow: copies('newswire.ca (2025-09)', 'napaneebeaver.ca (2023)', 'richmondhilluc.ca'),
  },
  {
    region: 'CH',
    country: 'Switzerland',
    emergency: { all: '112' },
    service: phoneAlways('Die Dargebotene Hand (La Main Tendue, Telefono Amico)', '143', 'de', 'fr', 'it'),
    source: 'https://www.143.ch',
    checkedOn,
    checkedHow: copies('bag-blueprint.ch (2023)', 'zuerich.143.ch', 'hallo.gr.ch'),
  },
  {
    region: 'CL',
    country: 'Chile',
    emergency: { ambulance: '131', police: '133' },
    service: phoneAlways('Línea de Prevención del Suicidio', '*4141', 'es'),
    source: 'https://www.minsal.cl',
    checkedOn,
    checkedHow: `${copies('eldinamo.cl (2025-10)', 'latercera.com (2025-10, 2022)', 'radiopolar.com (2025)')} *4141 is dialled from a mobile phone.`,
  },
  {
    region: 'CO',
    country: 'Colombia',
    emergency: { all: '123' },
    service: null,
    source: 'https://www.funcionpublica.gov.co',
    checkedOn,
    checkedHow: `${copies('wradio.com.co (2023)', 'radiosantafe.com (2025-09)', 'saludcapital.gov.co (2025)')} Pages disagree on a national listening service: 106 is confirmed for some departments only.`,
  },
  {
    region: 'DE',
    country: 'Germany',
    emergency: { all: '112' },
    service: phoneAlways('TelefonSeelsorge', '0800 111 0 111', 'de'),
    source: 'https://www.telefonseelsorge.de',
    checkedOn,
    checkedHow: copies('spektrum.de (2022)', 'domradio.de', 'ansbach-evangelisch.de', page112),
  },
  {
    region: 'DK',
    country: 'Denmark',
    emergency: { all: '112' },
    service: {
      name: 'Livslinien',
      phone: '70 201 201',
      takesTexts: false,
      hours: { from: '11:00', to: '05:00' },
      languages: ['da'],
    },
    source: 'https://www.livslinien.dk',
    checkedOn,
    checkedHow: `${copies('cphpost.dk (2015)', listOf2026, page112)} Hours differ: that list says 09:00 to 05:00 since July 2026 and 11:00 before; the shorter time is given.`,
  },
  {
    region: 'ES',
    country: 'Spain',
    emergency: { all: '112' },
    service: phoneAlways('Línea 024', '024', 'es'),
    source: 'https://www.sanidad.gob.es/linea024',
    checkedOn,
    checkedHow: copies('rtve.es (2022)', 'farodevigo.es (2025-10)', 'salvavidas.com (2025)'),
  },
  {
    region: 'FI',
    country: 'Finland',
    emergency: { all: '112' },
    service: phoneAlways('MIELI Kriisipuhelin', '09 2525 0111', 'fi'),
    source: 'https://mieli.fi/en/support-and-help/crisis-helpline/',
    checkedOn,
    checkedHow: `${copies('mieli.fi/helpline', 'mentalhealth.fi', page112)} English, Swedish and others have numbers and hours of their own.`,
  },
  {
    region: 'FR',
    country: 'France',
    emergency: { all: '112' },
    service: phoneAlways('numéro national de prévention du suicide', '3114', 'fr'),
    source: 'https://3114.fr',
    checkedOn,
    checkedHow: copies('3114.fr', 'mayotte.ars.sante.fr', 'francetvinfo.fr (2022)', page112),
  },
  {
    region: 'GB',
    country: 'United Kingdom',
    emergency: { all: '999' },
    service: phoneAlways('Samaritans', '116 123', 'en'),
    source: 'https://www.samaritans.org/how-we-can-help/contact-samaritan/',
    checkedOn,
    checkedHow: copies(
      'samaritans.org/how-we-can-help/contact-samaritan',
      'nwbh.nhs.uk',
      'occupationalhealth.admin.ox.ac.uk',
    ),
  },
  {
    region: 'GR',
    country: 'Greece',
    emergency: { all: '112' },
    service: phoneAlways('Klimaka (Κλίμακα)', '1018', 'el'),
    source: 'https://suicide-help.gr',
    checkedOn,
    checkedHow: copies('reader.gr (2025-10)', 'tanea.gr (2018)', page112),
  },
  {
    region: 'HK',
    country: 'Hong Kong',
    emergency: { all: '999' },
    service: phoneAlways('Mental Health Support Hotline', '18111', 'zh'),
    source: 'https://www.shallwetalk.hk',
    checkedOn,
    checkedHow: `${copies('news.gov.hk (2023-12)', 'shallwetalk.hk', 'csrp.hku.hk')} Whether English is spoken was not confirmed.`,
  },
  {
    region: 'IE',
    country: 'Ireland',
    emergency: { all: '112' },
    service: phoneAlways('Samaritans', '116 123', 'en'),
    source: 'https://www.samaritans.org/ireland/',
    checkedOn,
    checkedHow: copies(
      'www2.hse.ie/emergencies/when-to-call-112-or-999',
      'irishexaminer.com (2019)',
      'oireachtas.ie (2013)',
    ),
  },
  {
    region: 'IN',
    country: 'India',
    emergency: { all: '112' },
    service: phoneAlways('Tele MANAS', '14416', 'hi', 'en'),
    source: 'https://telemanas.mohfw.gov.in',
    checkedOn,
    checkedHow: `${copies('theshillongtimes.com (2025-02)', 'menafn.com (2025-04)', 'ndtv.com (2019)')} Twenty languages, by state.`,
  },
  {
    region: 'IT',
    country: 'Italy',
    emergency: { all: '112' },
    service: {
      name: 'Telefono Amico Italia',
      phone: '02 2327 2327',
      takesTexts: false,
      hours: { from: '10:00', to: '24:00' },
      languages: ['it'],
    },
    source: 'https://www.telefonoamico.it',
    checkedOn,
    checkedHow: `${copies('fanpage.it (2024-02)', 'lanazione.it (2022)', page112)} Hours differ by an hour between pages; the shorter time is given.`,
  },
  {
    region: 'JP',
    country: 'Japan',
    emergency: { ambulance: '119', police: '110' },
    service: phoneAlways(
      'Yorisoi Hotline (よりそいホットライン)',
      '0120-279-338 (Iwate, Miyagi, Fukushima: 0120-279-226)',
      'ja',
    ),
    source: 'https://www.since2011.net/yorisoi/',
    checkedOn,
    checkedHow: `${copies('279338.jp/yorisoi', 'mykoho.jp (Yasu city, 2024)', 'meikikai-home.com (2021)', 'citiesinsider.com')} Other languages at certain hours only.`,
  },
  {
    region: 'KR',
    country: 'South Korea',
    emergency: { ambulance: '119', police: '112' },
    service: phoneAlways('Suicide Prevention Hotline (자살예방상담전화)', '109', 'ko'),
    source: 'https://www.129.go.kr/109',
    checkedOn,
    checkedHow: copies(
      'eiec.kdi.re.kr (Ministry of Health, 2024-01)',
      'newspim.com (2024-01)',
      'hongcomm.com/korea (2019)',
    ),
  },
  {
    region: 'MX',
    country: 'Mexico',
    emergency: { all: '911' },
    service: phoneAlways('Línea de la Vida', '800 911 2000', 'es'),
    source: 'https://www.gob.mx/conasama',
    checkedOn,
    checkedHow: copies('eluniversal.com.mx (2025-12)', 'almomento.mx (2025)', 'sopitas.com (2016)'),
  },
  {
    region: 'NL',
    country: 'Netherlands',
    emergency: { all: '112' },
    service: phoneAlways('113 Zelfmoordpreventie', '113', 'nl'),
    source: 'https://www.113.nl',
    checkedOn,
    checkedHow: copies('113.nl', 'upday.com (2025-10)', 'nu.nl (2020)', page112),
  },
  {
    region: 'NO',
    country: 'Norway',
    emergency: { ambulance: '113', police: '112' },
    service: phoneAlways('Mental Helse Hjelpetelefonen', '116 123', 'no'),
    source: 'https://mentalhelse.no',
    checkedOn,
    checkedHow: copies('helsenorge.no', 'vindafjord.kommune.no (2023)', 'radio3bodo.no (2024)', page112),
  },
  {
    region: 'NZ',
    country: 'New Zealand',
    emergency: { all: '111' },
    service: { ...phoneAlways('1737 Need to Talk', '1737', 'en'), takesTexts: true },
    source: 'https://1737.org.nz',
    checkedOn,
    checkedHow: copies('pegasus.health.nz', 'nzfamilies.org.nz (2025-12)', 'odt.co.nz (2017)'),
  },
  {
    region: 'PH',
    country: 'Philippines',
    emergency: { all: '911' },
    service: phoneAlways('NCMH Crisis Hotline', '1553', 'en', 'tl'),
    source: 'https://doh.gov.ph',
    checkedOn,
    checkedHow: copies(
      'sunstar.com.ph (2025-12)',
      'ditosapilipinas.com (2025-06)',
      'doh.gov.ph (2019, round the clock)',
    ),
  },
  {
    region: 'PL',
    country: 'Poland',
    emergency: { all: '112' },
    service: phoneAlways('Centrum Wsparcia', '800 70 2222', 'pl'),
    source: 'https://centrumwsparcia.pl',
    checkedOn,
    checkedHow: copies('zdrowie.pap.pl (2018)', 'zspborzecin.pl', listOf2026, page112),
  },
  {
    region: 'PT',
    country: 'Portugal',
    emergency: { all: '112' },
    service: phoneAlways('Linha Nacional de Prevenção do Suicídio', '1411', 'pt'),
    source: 'https://www.sns24.gov.pt',
    checkedOn,
    checkedHow: `${copies('24noticias.sapo.pt (2025-09)', 'ointerior.pt (2025-09)', 'altominho.tv (2025-09)')} Since 10 September 2025; older lists still name SNS 24.`,
  },
  {
    region: 'SE',
    country: 'Sweden',
    emergency: { all: '112' },
    service: phoneAlways('Mind Självmordslinjen', '90101', 'sv'),
    source: 'https://mind.se/sjalvmordslinjen/',
    checkedOn,
    checkedHow: copies('kronprinsessparetsstiftelse.se', 'omtanke.today (2020)', 'corren.se (2018, 112)'),
  },
  {
    region: 'SG',
    country: 'Singapore',
    emergency: { ambulance: '995', police: '999' },
    service: phoneAlways('Samaritans of Singapore', '1767', 'en'),
    source: 'https://www.sos.org.sg',
    checkedOn,
    checkedHow: copies('mothership.sg (2022)', 'daily8.com (CNA, 2025-07)', 'scdf.gov.sg', 'expat.com (2024)'),
  },
  {
    region: 'US',
    country: 'United States',
    emergency: { all: '911' },
    service: { ...phoneAlways('988 Suicide & Crisis Lifeline', '988', 'en', 'es'), takesTexts: true },
    source: 'https://988lifeline.org',
    checkedOn,
    checkedHow: copies('health.wyo.gov', 'hcfl.gov (2023)', 'preventsuicidepa.org'),
  },
  {
    region: 'ZA',
    country: 'South Africa',
    emergency: { all: '112' },
    service: phoneAlways('SADAG Suicide Crisis Line', '0800 567 567', 'en'),
    source: 'https://www.sadag.org',
    checkedOn,
    checkedHow: `${copies('pressreader.com (The Star, 2019)', 'backabuddy.co.za (2025-11)', listOf2026, 'statuscheck.co.za (2026)')} Other pages name further numbers of the same service; 112 is for mobile phones.`,
  },
] satisfies readonly RegionResources[]
