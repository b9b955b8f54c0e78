package io.rbac.verification.pages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium that uses the page of an example as a user does. */
final class Chromium implements AutoCloseable {

    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    /** Stops a test that hangs; nothing is measured by it. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts a browser with an empty profile. Where there is none, tests are skipped, unless {@code rbac.chromium.required} is
     * set.
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
                "--user-data-dir=" + profile);
        ChromeDriver driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .withSilent(true)
                        .build(),
                options);
        driver.manage().timeouts().scriptTimeout(LIMIT).pageLoadTimeout(LIMIT);
        return new Chromium(driver);
    }

    /** Opens the page anew and signs in. */
    void signIn(String url, String account, String user) {
        driver.get(url);
        signInAs(account, user, "pw");
    }

    /** Signs in on the page as it is. */
    void signInAs(String account, String user, String password) {
        type("#sign-in [name=account]", account);
        type("#sign-in [name=user]", user);
        type("#sign-in [name=password]", password);
        click("#sign-in button");
    }

    /** Replaces the text of an input. */
    void type(String selector, String text) {
        WebElement input = find(selector);
        input.clear();
        input.sendKeys(text);
    }

    /** Clicks, and waits until the page says that it has done what was asked for, or how it failed. */
    void click(String selector) {
        driver.executeScript("document.getElementById('status').textContent = 'Loading'");
        find(selector).click();
        new WebDriverWait(driver, LIMIT).until(shown -> !text("#status").equals("Loading"));
    }

    /** Clicks the button with this text in a chat. */
    void click(String chat, String button) {
        List<String> buttons = buttons(chat);
        click(inChat(chat) + " form:nth-of-type(" + (buttons.indexOf(button) + 1) + ") button");
    }

    String text(String selector) {
        return find(selector).getText();
    }

    /** Returns the names of the chats that are shown. */
    List<String> chats() {
        return texts("#chats h2");
    }

    List<String> messages(String chat) {
        return texts(inChat(chat) + " li");
    }

    List<String> buttons(String chat) {
        return texts(inChat(chat) + " button");
    }

    static String inChat(String chat) {
        return "[data-chat=" + chat + "]";
    }

    private List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    private WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
