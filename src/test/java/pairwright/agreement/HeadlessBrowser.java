package pairwright.agreement;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.print.PrintOptions;
import pairwright.jsonl.Json;

/** A real browser without a window, for tests of pages; they skip where there is none. */
public final class HeadlessBrowser implements AutoCloseable {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private final ChromeDriver driver;

    private HeadlessBrowser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test, with the reason, where no browser or no driver for it is on the PATH, or the browser does not start. */
    public static HeadlessBrowser open(Path profile) {
        Optional<Path> browser =
                BROWSERS.stream().flatMap(name -> onPath(name).stream()).findFirst();
        Optional<Path> driver = onPath("chromedriver");
        Assumptions.assumeTrue(browser.isPresent(), "none of " + BROWSERS + " is on the PATH");
        Assumptions.assumeTrue(driver.isPresent(), "no chromedriver on the PATH");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--window-size=1100,900",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        try {
            System.setProperty(
                    ChromeDriverService.CHROME_DRIVER_EXE_PROPERTY,
                    driver.orElseThrow().toString());
            ChromeDriver started = new ChromeDriver(options);
            started.manage().timeouts().pageLoadTimeout(Duration.ofMinutes(2)).scriptTimeout(Duration.ofMinutes(2));
            return new HeadlessBrowser(started);
        } catch (WebDriverException e) {
            return Assumptions.abort("the browser does not start here: " + e.getMessage());
        }
    }

    private static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a file and gives what it asked for on the way: the addresses of all requests of this page, its own among them. */
    public List<String> requestsOf(Path page) {
        String address = page.toUri().toString();
        driver.get(address);
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> (Map<?, ?>) Json.readMap(entry.getMessage()).get("message"))
                .filter(message -> "Network.requestWillBeSent".equals(message.get("method")))
                .map(message -> (Map<?, ?>) message.get("params"))
                .filter(sent -> address.equals(sent.get("documentURL"))) // the browser's own pages ask too
                .map(sent -> ((Map<?, ?>) sent.get("request")).get("url").toString())
                .toList();
    }

    /** What the page's console holds. */
    public List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The value of an expression in the page. */
    public Object value(String expression) {
        return driver.executeScript("return " + expression);
    }

    public long count(String selector) {
        return (Long) driver.executeScript("return document.querySelectorAll(arguments[0]).length", selector);
    }

    /** How many elements are not shown at a size above zero, themselves or their parts. */
    public long withoutSize(String selector) {
        return (Long) driver.executeScript(
                "return [...document.querySelectorAll(arguments[0])].filter(e => { const r = e.getBoundingClientRect();"
                        + " return !(r.width > 0 && r.height > 0) }).length",
                selector);
    }

    /** Whether a light or a dark ground is preferred, and screen or print. */
    public void prefer(String scheme, String media) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", media, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** What is seen of the page, as PNG. */
    public byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** The page as PDF, base64. */
    public String pdf() {
        return driver.print(new PrintOptions()).getContent();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
