/** The traders' co-op and its people, for the stories that go on with it one after the other. */
export const SLUG = "pedagang-pasar-wonokromo";
export const CHAIR = "+628123200001";
export const SECRETARY = "+628123200002";
export const TREASURER = "+628123200003";
export const FITRI = "+6281231000013"; // joined as the co-op was governed

/** One of the API's mutations, as somebody who isn't watched. */
export function doing(ask, name, type, input, thing = "") {
  return ask(
    `mutation ($input: ${type}!) { done: ${name}(input: $input) { __typename ${thing} ... on Problem { code message } } }`,
    { input },
  );
}
