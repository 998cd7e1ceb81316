import java.util.List;
import java.util.Locale;

public class Shapes {
    record Shape(String name, double area) {}

    public static void main(String[] arguments) {
        var shapes = List.of(new Shape("square", 4), new Shape("circle", Math.PI));
        shapes.forEach(shape -> System.out.printf(Locale.ROOT, "%s %.2f%n", shape.name(), shape.area()));
    }
}
