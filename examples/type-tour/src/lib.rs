//! A plugin that gives back what it gets.

use calculator_interface::plugin_impl;
use calculator_interface::type_tour::*;
use std::time::Duration;

/// Shows every shape of type.
pub struct Tour;

#[plugin_impl(TypeTour, buffer = Arena)]
impl TypeTour for Tour {
    fn integers(&self, values: Integers) -> Integers {
        values
    }

    fn widths(
        &self,
        a: u8,
        b: i8,
        c: u16,
        d: i16,
        e: u32,
        f: i32,
        g: u64,
        h: i64,
        i: u128,
        j: i128,
    ) -> (u8, i8, u16, i16, u32, i32, u64, i64, u128, i128) {
        (a, b, c, d, e, f, g, h, i, j)
    }

    fn scalars(&self, values: Scalars) -> Scalars {
        values
    }

    fn bytes(&self, data: Vec<u8>, key: [u8; 8]) -> (Vec<u8>, [u8; 8]) {
        (data, key)
    }

    #[wire(raw)]
    fn reverse(&self, data: Vec<u8>) -> Vec<u8> {
        data.into_iter().rev().collect()
    }

    fn options(
        &self,
        number: Option<u32>,
        nested: Option<Option<String>>,
    ) -> (Option<u32>, Option<Option<String>>) {
        (number, nested)
    }

    fn lists(&self, lists: Lists) -> Lists {
        lists
    }

    fn maps(&self, maps: Maps) -> Maps {
        maps
    }

    fn structs(&self, structs: Structs) -> Structs {
        structs
    }

    fn shapes(&self, shapes: Vec<Shape>) -> Vec<Shape> {
        shapes.into_iter().rev().collect()
    }

    fn tree(&self, tree: Tree) -> Tree {
        tree
    }

    fn sort_results(&self, results: Vec<Result<u32, String>>) -> (Vec<u32>, Vec<String>) {
        let mut successes = Vec::new();
        let mut failures = Vec::new();
        for result in results {
            match result {
                Ok(number) => successes.push(number),
                Err(text) => failures.push(text),
            }
        }
        (successes, failures)
    }

    fn check_age(&self, age: u8) -> Result<u8, Refusal> {
        match age {
            0..=17 => Err(Refusal::TooYoung { age, minimum: 18 }),
            18..=129 => Ok(age),
            130.. => Err(Refusal::Unlikely(age)),
        }
    }

    async fn echo_later(&self, text: String, delay_ms: u64) -> String {
        tokio::time::sleep(Duration::from_millis(delay_ms)).await;
        text
    }

    async fn area(&self, shape: Shape) -> (Shape, f64) {
        let area = match &shape {
            Shape::Nothing | Shape::Line(..) => 0.0,
            Shape::Circle(radius) => std::f64::consts::PI * radius * radius,
            Shape::Rectangle {
                size: Size(width, height),
                ..
            } => width * height,
        };
        (shape, area)
    }
}

fidius::fidius_plugin_registry!();

#[cfg(test)]
mod tests {
    use super::*;
    use fidius::async_runtime::FIDIUS_RUNTIME;

    #[test]
    fn reverses_bytes_and_shapes() {
        assert_eq!(Tour.reverse(vec![1, 2, 3]), [3, 2, 1]);
        let shapes = vec![Shape::Nothing, Shape::Circle(1.0)];
        assert_eq!(Tour.shapes(shapes), [Shape::Circle(1.0), Shape::Nothing]);
    }

    #[test]
    fn splits_results() {
        let results = vec![Ok(1), Err("no".to_string()), Ok(2)];
        assert_eq!(
            Tour.sort_results(results),
            (vec![1, 2], vec!["no".to_string()])
        );
    }

    #[test]
    fn checks_ages() {
        assert_eq!(Tour.check_age(18), Ok(18));
        assert_eq!(
            Tour.check_age(17),
            Err(Refusal::TooYoung {
                age: 17,
                minimum: 18
            })
        );
        assert_eq!(Tour.check_age(200), Err(Refusal::Unlikely(200)));
    }

    #[test]
    fn computes_asynchronously() {
        let text = FIDIUS_RUNTIME.block_on(Tour.echo_later("hello".to_string(), 1));
        assert_eq!(text, "hello");
        let shape = Shape::Rectangle {
            size: Size(2.0, 3.0),
            corner: None,
        };
        assert_eq!(
            FIDIUS_RUNTIME.block_on(Tour.area(shape.clone())),
            (shape, 6.0)
        );
    }
}
