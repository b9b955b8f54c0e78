package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.Select;

/** A headless Chromium that looks at a page as its readers do. */
final class Chromium implements AutoCloseable {

    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    /** Stops a test that hangs; nothing here is measured by it. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String AXE = axeScript();

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    private static String axeScript() {
        try (InputStream in =
                Objects.requireNonNull(Chromium.class.getClassLoader().getResourceAsStream("axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a browser with an empty profile. Where there is none, tests are skipped, unless {@code rbac.chromium.required} is set.
     */
    static Chromium start(Path profile) {
        if (!Files.isExecutable(BROWSER) || !Files.isExecutable(DRIVER)) {
            String message =
                    "expected " + BROWSER + " and " + DRIVER + ": Debian's packages chromium and chromium-driver";
            if (Boolean.getBoolean("rbac.chromium.required")) {
                throw new IllegalStateException(message);
            }
            Assumptions.abort(message);
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        ChromeDriver driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .withSilent(true)
                        .build(),
                options);
        driver.manage().timeouts().scriptTimeout(LIMIT).pageLoadTimeout(LIMIT);
        return new Chromium(driver);
    }

    /** Opens a part of a page, in a window of the usual size and in light colours. */
    void open(Path page, String part) {
        resize(1200, 900);
        colours("light");
        driver.get("about:blank");
        driver.get(page.toUri() + "#/" + part);
        assertThat(complaints()).isEmpty();
    }

    void resize(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** Sets what the reader prefers: {@code light} or {@code dark}. */
    void colours(String scheme) {
        colours(scheme, "screen");
    }

    /** Sets what the reader prefers, and what the page is shown on: {@code screen} or {@code print}. */
    void colours(String scheme, String media) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", media, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Returns what the browser has complained about since the last call: errors of scripts, and what the page may not do. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Returns what axe finds wrong for readers who do not see or point. */
    @SuppressWarnings("unchecked") // what the script returns
    List<String> axe() {
        if (!this.<Boolean>run("return 'axe' in window")) {
            driver.executeScript(AXE);
        }
        return (List<String>) driver.executeAsyncScript("""
                const done = arguments[0];
                axe.run(document).then(
                    (results) => done(results.violations.map((each) =>
                        each.id + ": " + each.help + ", at " + each.nodes.map((node) => node.html).join(" "))),
                    (error) => done(["axe failed: " + error]));
                """);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // each caller knows what its script returns
    <T> T run(String script, Object... arguments) {
        return (T) driver.executeScript(script, arguments);
    }

    /** Waits for what the page does at the next frame. */
    void settle() {
        driver.executeAsyncScript(
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));");
    }

    /** Returns the texts of all elements that are shown. */
    List<String> texts(String selector) {
        return run(
                "return [...document.querySelectorAll(arguments[0])].filter((each) => each.checkVisibility())"
                        + ".map((each) => each.textContent.replace(/\\s+/g, ' ').trim())",
                selector);
    }

    String text(String selector) {
        List<String> texts = texts(selector);
        assertThat(texts).as(selector).hasSize(1);
        return texts.get(0);
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    void click(String selector) {
        // What is behind the tabs, which stay in place, is in view for the driver.
        run("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", selector);
        find(selector).click();
        settle();
    }

    /** Replaces the text of an input, key by key. */
    void type(String selector, String text) {
        WebElement input = find(selector);
        input.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
        settle();
    }

    /** Chooses an option of a list by its text. */
    void choose(String selector, String option) {
        new Select(find(selector)).selectByVisibleText(option);
        settle();
    }

    /** Presses keys where the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
        settle();
    }

    void pressWithControl(CharSequence key) {
        new Actions(driver)
                .keyDown(Keys.CONTROL)
                .sendKeys(key)
                .keyUp(Keys.CONTROL)
                .perform();
        settle();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
