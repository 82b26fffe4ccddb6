// @ts-expect-error no page
document.title;
// @ts-expect-error no window
window.name;
// @ts-expect-error no storage of a page
sessionStorage.clear();
// @ts-expect-error newer than Node 20
Promise.withResolvers();
// @ts-expect-error newer than Node 20
Object.groupBy([1], () => 'x');
