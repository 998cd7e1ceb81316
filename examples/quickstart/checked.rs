fn main() {
    let sum = |numbers: &[u8]| numbers.iter().try_fold(0u8, |total, &number| total.checked_add(number));
    println!("{:?}", sum(&[100, 150]));
    println!("{:?}", sum(&[200, 100]));
}
