import type { HintPair } from '../lexicon.ts'

export const pairs: readonly HintPair[] = [
  {
    kind: 'suicide',
    one: [
      'pills|tablets|rope|noose|gun|rifle|pistol|razor|blade|bridge|tracks|ledge|cliff|overpass|rooftop|rail|railing|platform|overdose|bleach|medicine_cabinet|knife',
    ],
    other: [
      'picture|picturing|imagine|imagining|see|saw myself|me',
      'myself going|falling|over|under|off|hanging|dead|jumping|doing|gone',
      'tempted|tempting|temptation|jump|jumping|let_go|end_it|die|dying|drowning|hanging',
      'stare|stared|staring|looked|looking|look at',
      'put them|it|the_gun|the_pills back|away|down',
      'in my hand|hands|mouth',
      'courage|nerve|guts',
      'all|every|too_many of them',
      'goodbye|note|my_last|final_time',
      'to stop|end the|this|my pain|suffering|hurting',
      'urge|urges|impulse to|of',
    ],
  },
  {
    kind: 'suicide',
    one: [
      'survived|surviving|alive|existing|existence|waking_up|wake_up|woke_up|breathing|living|being_born|be_born|still_here',
      'my life|existence|birth',
      'rot|rotting|ghost|six_feet_under|in_the_ground|coffin|grave|morgue',
    ],
    other: [
      'hate|hating|regret|wish|deserve|deserved|disappointed|ashamed|resent that|to|i|being|it|my',
      'hate|hating|resent|regret being|that_i|waking|my',
      'deserve to|death|nothing_but',
      'nobody|noone ~2 notice|care|miss|cry|difference',
      'nothing|not_a_single_thing|not_one_thing|no_reason|no_point|isnt ~3 worth|for|left|to',
      'no use|purpose|value|meaning|sense|worth',
      'tired|exhausted|sick|done|weary ~1 of|with',
      'mistake|punishment|torture|hell|prison|curse|burden|unbearable|pointless|meaningless|worthless|waste',
      'want|wish|ready|like ~2 out|over|end|stop|leave',
    ],
  },
  {
    kind: 'suicide',
    one: ['next|this year|month|summer|christmas|birthday', 'future|tomorrow|thirty|forty|30|40|adulthood|old_age'],
    other: [
      'cant|dont|cannot|no_longer|never ~1 picture|imagine|see|envision ~6 me|myself|it|there',
      'wont|not|never ~2 be_here|be_alive|be_around|exist|make_it|live_to|live_that',
    ],
  },
  {
    kind: 'suicide',
    one: ['promised|promise|swore|swear|contract'],
    other: [
      'wouldnt|not_to|wont|not ~2 do_it|hurt_myself|kill_myself|do_anything|act_on',
      'keep myself|that_promise|it|my_promise ~2',
      'stay|staying safe|alive',
    ],
  },
  {
    kind: 'suicide',
    one: ['voice|voices|thoughts|demons|brain|mind|head'],
    other: [
      'hurry up and die',
      'says|telling|tells|told|say|tell|screaming|whispers|whisper ~4 die|jump|end|kill|worthless|dead',
      'should|to ~2 die|kill_myself|jump|end_it|be_dead',
    ],
  },
  {
    kind: 'suicide',
    one: ['edge|brink|verge|breaking_point|end_of_my_rope|rock_bottom'],
    other: [
      'one|a step|push|inch|day|moment|word',
      'noone|nobody ~2 sees|see|knows|notices|cares|there',
      'of|off suicide|ending|killing|it_all|doing_something',
      'cant|dont ~2 hold|hang|pull|come',
    ],
  },
  {
    kind: 'suicide',
    one: ['when|once|after|if im|i_am|i ~1 gone|dead|die|not_here'],
    other: [
      'savings|dog|cat|kids|children|mom|dad|belongings|ashes|funeral|letters|letter|password|passwords|insurance|house|sister|brother|room|things',
      'take_care|look_after|make_sure|promise_me|tell',
    ],
  },
  {
    kind: 'suicide',
    one: ['out of the picture|way', 'not in the picture', 'without me', 'i was|were|am gone|dead|not_here|out'],
    other: ['better|easier|happier|relief|relieved|free|freer|lighter|simpler ~2'],
  },
  {
    kind: 'self_harm',
    one: ['my|her|his ~1 wrist|wrists|arm|arms|forearm|forearms|thigh|thighs|skin|legs|hips|stomach'],
    other: [
      'wounds|cuts|bleeding|bleed|blood|slits|slashes|scabs',
      'press|pressing|pressed|hold|held|holding ~2 iron|lighter|cigarette|flame|blade|razor|hot|stove|candle|knife',
      'reopen|reopening|slice|slicing|cutting|burning|carving|scratching|scratch|slit|slash',
      'feel|feeling something|alive|anything|calm|better|relief',
      'razor|blade|lighter|cigarette|box_cutter',
    ],
  },
  {
    kind: 'self_harm',
    one: [
      'used_to|started_to|start_to|back_to|want_to|need_to|i|began_to cut',
      'cutting|selfharm|selfharming|burning_myself|hurting_myself',
    ],
    other: [
      'started|began|relapsed|happened|start|picked_up|slipped|went_back again|back|last|this|it',
      'relapse|relapsed|clean|urge|urges|craving|addicted|addiction',
      'feel|release|relief|cope|coping|numb|control|escape',
    ],
  },
  {
    kind: 'self_harm',
    one: ['eat|eating|ate|food|meal|meals|calories|weight|binge'],
    other: [
      'vomit|throw_up|puke|purge|make_myself_sick|laxatives',
      'disgust|punish|deserve|starve|starving ~1 myself|my_body',
      'fingers_down|on_purpose',
    ],
  },
  {
    kind: 'harm_to_others',
    one: [
      'want|wanna|imagine|imagining|fantasize|swear|dream|dreaming|think|thinking|picture|urge|urges|gonna|ready|plan|planning|going_to|could|might',
    ],
    other: [
      'hurt|hurting|kill|killing|harm|harming|destroy|punish|murder|murdering|torture ~1 the|those|these|all|my|his|her|everyone|someone|somebody ~1 people|ones|man|guy|woman|men|women|person|kid|girl|boy|family|kids|who',
      'push|pushing|shove|shoving|throw|throwing ~1 someone|him|her|them|people|somebody|strangers ~2 in_front|under|off|down|into',
      'break|smash|crush|snap|bash ~1 his|her|their ~1 jaw|skull|neck|face|teeth|legs|bones|head|nose|ribs',
      'put ~2 in the ground|hospital|grave',
    ],
  },
  {
    kind: 'harm_to_others',
    one: ['i|ive grabbed|choked|shook|hit|slapped|threw|squeezed|punched|beat|kicked|burned|bit|dragged|pinned'],
    other: [
      'my|the ~1 son|daughter|baby|kid|kids|child|wife|husband|girlfriend|boyfriend|mom|dad|partner|toddler|sister|brother ~2',
      'by the|his|her throat|neck|hair|arm',
    ],
  },
  {
    kind: 'abuse',
    one: ['@they|stepdad|stepbrother|uncle|grandpa|cousin|coach|priest|teacher|boss|landlord|neighbor|neighbour'],
    other: [
      'into|in|on my bed|bedroom|underwear|pants|clothes|skirt',
      'touches|touched|gropes|groped|hits|slaps|kicks|punches|beats|chokes|burns|bites|bit|rapes|raped|strangled|spits|kicked|slapped|punched ~1 me|us',
      'counts|takes|controls|keeps|steals ~1 my ~1 money|phone|passport|salary|wages|keys|car',
      'not|never allowed|let|lets|letting ~2 leave|out|see|talk|work|friends|money',
      'set|burn ~3 on_fire|with_me|down_with',
      'do|be ~1 worse next time',
    ],
  },
  {
    kind: 'abuse',
    one: ['drugged|spiked|roofied|passed_out|blacked_out|unconscious|asleep|drunk'],
    other: [
      'woke|wake|came_to ~3 without|naked|undressed|on_top|bleeding|sore|clothes|next_to',
      'touched|raped|inside me',
    ],
  },
]
