declare module "*.css";
declare module "*.css?inline" {
  const looks: string;
  export default looks;
}
declare module "*.wasm?url" {
  const address: string;
  export default address;
}
