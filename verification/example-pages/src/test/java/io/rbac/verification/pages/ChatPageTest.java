package io.rbac.verification.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the chat product shows only what the user may do, and what it shows works. */
@Tag("deep")
class ChatPageTest {

    @Test
    void on_spring_boot(@TempDir Path profile) throws Exception {
        try (Chromium browser = Chromium.start(profile);
                Example example = Example.start(
                        "spring-boot/target/spring-boot-example.jar",
                        "--server.port=0",
                        Pattern.compile("Tomcat started on port (\\d+)"))) {
            use(browser, example.url());
        }
    }

    @Test
    void on_cdi_and_jax_rs(@TempDir Path profile) throws Exception {
        try (Chromium browser = Chromium.start(profile);
                Example example = Example.start(
                        "jakarta/target/jakarta-example.jar",
                        "0",
                        Pattern.compile("listening on http://localhost:(\\d+)"))) {
            use(browser, example.url());
        }
    }

    /** Each example is a whole to copy from, so what they share stands in both. */
    @ParameterizedTest
    @ValueSource(strings = {"index.html", "chats.js"})
    void both_have_the_same_page(String file) {
        assertThat(Example.FOLDER.resolve("jakarta/src/main/resources/page").resolve(file))
                .hasSameTextualContentAs(Example.FOLDER
                        .resolve("spring-boot/src/main/resources/static")
                        .resolve(file));
    }

    private static void use(Chromium browser, String url) {
        browser.signIn(url, "acme", "bob");
        assertThat(browser.text("#status")).isEqualTo("Ready");
        assertThat(browser.chats()).containsExactly("news");
        assertThat(browser.buttons("news")).containsExactly("Write");
        browser.type(Chromium.inChat("news") + " [name=message]", "<b>hello</b>");
        browser.click("news", "Write");
        assertThat(browser.messages("news")).containsExactly("<b>hello</b>");

        browser.signIn(url, "acme", "ada");
        assertThat(browser.chats()).containsExactly("news", "secret");
        assertThat(browser.buttons("news")).containsExactly("Write", "Clear", "Share");
        assertThat(browser.messages("news")).containsExactly("<b>hello</b>");
        browser.click("news", "Clear");
        assertThat(browser.messages("news")).isEmpty();
        browser.type(Chromium.inChat("secret") + " [name=user]", "bob");
        browser.click("secret", "Share");
        assertThat(browser.text("#status")).isEqualTo("Ready");

        browser.signIn(url, "acme", "bob");
        assertThat(browser.chats()).containsExactly("news", "secret");
        assertThat(browser.buttons("secret")).containsExactly("Write");

        browser.signInAs("acme", "bob", "wrong");
        assertThat(browser.text("#status")).isEqualTo("GET /chats was answered with 401");
        assertThat(browser.chats()).isEmpty();

        browser.signIn(url, "acme", "eve");
        assertThat(browser.text("#status")).isEqualTo("Ready");
        assertThat(browser.chats()).isEmpty();
    }
}
