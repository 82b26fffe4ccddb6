/** 立案 */
export function Register() {
  return <button type="button">立案</button>;
}
