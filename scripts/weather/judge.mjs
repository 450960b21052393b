// What a case should have ended with.

/** What is wrong with how a case ended; empty where nothing is. */
export function wrongWith(kind, deviation, ended) {
  const { exit, late, failed, neighbour } = ended;
  return [
    ...(late ? ['above its deadline'] : []),
    // Two runs never accuse a conformant target; before another one the neighbour is right to call it broken.
    ...(neighbour === 1 && deviation === undefined ? ['the other run called the target broken'] : []),
    ...(deviation === undefined ? conformant(kind, ended) : deviating(kind, deviation, ended)),
    ...(exit === 0 && failed.length > 0 ? ['exit 0 with a broken clause'] : []),
  ];
}

function conformant(kind, ended) {
  const { exit, failed, warned, noted } = ended;
  return [
    ...(kind.may.includes(exit) ? [] : [`exit ${exit}, wanted ${kind.may.join(' or ')}`]),
    ...(failed.length > 0 ? [`${failed.join(', ')} called broken`] : []),
    ...(kind.noticed === true && noted.length === 0 ? ['nothing was noticed'] : []),
    ...(warned.length > 0 ? [`${warned.join(', ')} warned of`] : []),
    ...blamed(kind, ended),
  ];
}

/** The breach is found, and nothing else; or the run says who kept it from that. */
function deviating(kind, { breaks, falls, level, like = [] }, ended) {
  const { exit, failed, warned, open } = ended;
  const others = failed.filter((id) => !falls.includes(id));
  const decided = level === 'MUST' ? exit === 1 && failed.includes(breaks) : warned.includes(breaks);
  const undecided = exit === 3 || (level !== 'MUST' && exit === 0 && open.includes(breaks));
  return [
    ...(others.length > 0 ? [`${others.join(', ')} called broken`] : []),
    ...(decided || undecided ? [] : [`exit ${exit}, and ${breaks} not found`]),
    ...(decided ? [] : blamed({ blame: [...kind.blame, ...like] }, ended)),
  ];
}

/** Who is meant, where a run ended before there was a result. */
const words = {
  gateway: /gateway|page of HTML|redirect/,
  network: /connection|network/,
  'sign-in': /token|sign-in/,
  listener: /listener|tunnel/,
  clock: /clock/,
  restart: /restart/,
};

/** Whoever is blamed must be to blame, and an unfinished run must name somebody. */
function blamed({ blame }, { exit, blames, noted, open, incomplete, output }) {
  const wrong = [...new Set([...blames, ...noted])].filter((one) => !blame.includes(one));
  const told = blame.some((one) => words[one]?.test(incomplete ?? output));
  // What came once and not again nobody can be blamed for.
  const once = /seen once and not again/.test(incomplete);
  const nobody = exit === 3 && blames.length === 0 && noted.length === 0 && !told && !once;
  return [
    ...(wrong.length > 0 ? [`${wrong.join(', ')} blamed, wanted ${blame.join(' or ') || 'nobody'}`] : []),
    ...(nobody ? [`nobody blamed (${incomplete ?? (open.join(', ') || 'no result')})`] : []),
  ];
}
