/** Characters that bring both files of a weight: 汉字 and Latin. */
export const fontSample = '网格Ag0';
