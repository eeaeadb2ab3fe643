import type { Groups } from '../lexicon.ts'

/** Words the signs of danger share. */
export const groups: Groups = {
  relative: [
    'husband|wife|partner|boyfriend|girlfriend|ex|fiance|fiancee|bf|gf|spouse|mom|dad|parents|stepdad|stepfather|stepmom|stepmother|inlaws',
    'brother|sister|stepbrother|stepsister|son|daughter|uncle|aunt|cousin|grandfather|grandmother|grandpa|grandma|nephew|niece|family',
    'kid|kids|child|children|baby|toddler|stepson|stepdaughter|boy|girl|twins',
    'ex_husband|ex_wife|ex_boyfriend|ex_girlfriend|ex_partner|little_brother|little_sister|older_brother|younger_brother|younger_sister',
  ],
  acquaintance: [
    'boss|manager|coworker|coworkers|colleague|colleagues|neighbor|neighbour|neighbors|neighbours|roommate|flatmate|housemate|landlord',
    'friend|friends|best_friend|teacher|coach|therapist|classmate|classmates|lawyer|doctor|employees|staff',
  ],
  anyPerson: [
    'him|her|them|someone|people|anyone|everyone|others|himself|that_man|that_woman|that_guy|this_guy|these_people|those_people|that_bastard|that_bitch',
  ],
  person: ['@anyPerson', 'my|our|his|her|the @relative', 'my|the @acquaintance'],
  they: ['he|she|hes|shes|they|theyre|hell|shell|theyll|hed|shed', 'my|our|the @relative', 'my @acquaintance'],
  us: ['me', 'us', 'my|our|the|his|her @relative', 'him', 'her'],
  will: [
    'gonna|wanna|will|ill|plan_to|planning_to|ready_to|about_to|swear|have_to|need_to|decided_to|tempted_to|urge_to|urges_to|intend_to|gotta|want|might|trying_to|meaning_to|going|close_to',
  ],
  attack: [
    'kill|hurt|harm|murder|stab|shoot|strangle|attack|poison|choke|beat|punch|hit|smash|slaughter|bash|torture|smother|suffocate|drown',
  ],
  attacking: [
    'killing|hurting|harming|murdering|stabbing|shooting|strangling|attacking|poisoning|choking|beating|punching|smothering|drowning|suffocating|torturing|shaking',
  ],
  attacked: [
    'hit|slapped|punched|choked|beat|strangled|kicked|shook|stabbed|hurt|shoved|attacked|burned|smacked|pushed|shaken',
  ],
  beats: [
    'hits|hit|hitting|beats|beat|beating|slaps|slapped|slapping|punches|punched|punching|kicks|kicked|kicking|chokes|choked|choking',
    'strangles|strangled|strangling|shoves|shoved|burned|bit|whips|whipped|stabbed|attacked|attacks|assaulted|smacked|smacks|molested|molests',
    'raped|rapes|abuses|abused|abusing|groped|gropes|drugged|suffocated|hurts|battered|spat_on|spits_on',
  ],
  weapon: ['gun|knife|pistol|rifle|machete|bomb|shotgun|handgun|weapon|acid|axe'],
  thoughts: [
    'thoughts|thought|thinking|think|fantasize|fantasise|daydream|daydreaming|obsessing|visualise|dreamed|fantasies|fantasizing|fantasising|fantasy|dreaming|dream|images|visions|idea|obsessed of|about|with',
    'picturing|imagining|imagine|considering|contemplating|planning|visualizing|visualising|keep|keeps',
  ],
  pills: [
    'pills|tablets|meds|medication|medicine|paracetamol|acetaminophen|codeine|valium|benzos|zopiclone|tylenol|ibuprofen|aspirin|xanax|insulin|sleeping_pills|painkillers|antidepressants',
  ],
  doNotSee: [
    'dont_see|cant_see|not_see|see_no|theres_no|no|isnt|is_there|is_no|whats|what_is|dont_have|have_no|any|the|without',
  ],
  gone: [
    'gone|dead|not_here|not_around|not_alive|no_longer_here|wasnt_here|werent_here|wasnt_around|werent_around|wasnt_alive|werent_alive',
  ],
  means: [
    'rope|noose|pills|meds|tablets|bridge|overpass|gun|rifle|pistol|razor|blade|blades|rooftop|ledge|cliff|tracks|platform|train_station|subway|knives|medicine_cabinet|bleach|exhaust|belt|balcony',
  ],
  drawn: [
    'tempting|tempted|tempts|looking_at|staring|counting|calling_me|calls_to_me|calls_me|think_about_it|inviting|appealing|waiting_for_me|easy_way|pulls_me|drawn_to|cant_look_away|beckoning|whispering|come_back_to',
  ],
  anywayEnd: ['anymore|any|tonight|now|today|at_all|$'],
}
