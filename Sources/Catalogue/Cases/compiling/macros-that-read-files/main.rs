// include_str! and include_bytes! need no valid code, and option_env! tells the environment of whoever compiles.
const SECRET: &[u8] = include_bytes!("@@SECRET_PATH@@");
const KEY: Option<&str> = option_env!("SSH_AUTH_SOCK");

fn main() {
    println!("BREACH: {}", String::from_utf8_lossy(SECRET));
    println!("{:?}", KEY);
}
