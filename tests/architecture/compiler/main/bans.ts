// @ts-expect-error no page
document.title;
// @ts-expect-error no window
window.name;
