export const smallWords: ReadonlySet<string> = new Set(
  [
    'el la los las un una unos unas de del al a en con por para sin sobre entre hasta desde y e o u pero porque si que como cuando donde quien cual',
    'seria sea yo tu el ella usted nosotros nosotras ustedes ellos ellas me te se nos os le les lo mi mis tus su sus nuestro conmigo contigo esto esta este estos estas eso ese esa aqui ahi alli alla',
    'soy eres es somos son fui fue era eran ser estoy estas estan estamos estaba estar he has ha han hemos hay habia tengo tienes tiene tienen tenia tener hago hace hacer hizo hice voy vas va vamos van ir',
    'quiero quiere quieres quisiera puedo puede puedes poder debo debe creo se sabe saber siento sentir digo dijo dice decir veo ver necesito ayuda ayudame gracias hola buenos buenas dias tardes noches adios',
    'q k x d xq pq aguanto vivir hice hicimos no ni nunca jamas nada nadie algo alguien todo todos toda todas muy mas menos mucho mucha poco tan tanto ya aun todavia tambien tampoco siempre solo bien mal mejor peor',
    'hoy manana ayer ahora luego despues antes noche dia semana mes ano vez vida trabajo casa gente pues entonces asi kiero ke toy',
  ]
    .join(' ')
    .split(' '),
)
