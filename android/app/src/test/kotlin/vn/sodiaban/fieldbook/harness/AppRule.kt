package vn.sodiaban.fieldbook.harness

import android.content.pm.PackageManager
import android.net.ConnectivityManager
import android.net.NetworkCapabilities
import android.os.Bundle
import android.os.Looper
import android.os.Parcel
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.lifecycle.Lifecycle
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import androidx.test.platform.app.InstrumentationRegistry
import androidx.work.testing.WorkManagerTestInitHelper
import java.io.File
import kotlinx.coroutines.Job
import kotlinx.coroutines.runBlocking
import org.junit.rules.TemporaryFolder
import org.junit.rules.TestRule
import org.junit.runner.Description
import org.junit.runners.model.Statement
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.shadows.ShadowActivity
import org.robolectric.shadows.ShadowNetworkCapabilities
import vn.sodiaban.fieldbook.FieldbookApp
import vn.sodiaban.fieldbook.Graph
import vn.sodiaban.fieldbook.MainActivity
import vn.sodiaban.fieldbook.core.EnrolmentCode
import vn.sodiaban.fieldbook.core.Fieldbook
import vn.sodiaban.fieldbook.core.FieldbookConfig
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.KeyStore
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.scan.Camera
import vn.sodiaban.fieldbook.scan.PhoneCamera
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.outcome

/** The real app: phones with a notebook each, one of them on the screen. */
@OptIn(ExperimentalTestApi::class)
class AppRule : TestRule {
    private val folder = TemporaryFolder()
    private val app: FieldbookApp get() = ApplicationProvider.getApplicationContext()
    private val phones = mutableMapOf<Graph, String>()
    private var scenario: ActivityScenario<MainActivity>? = null

    /** The activity after a [kill]: made anew from what the system kept. */
    private var revived: ActivityController<MainActivity>? = null

    /** For what the words below do not say. */
    val compose = createEmptyComposeRule()

    /** Taps made since the test began; [tap] counts. */
    var taps = 0

    override fun apply(base: Statement, description: Description): Statement {
        val inside = object : Statement() {
            override fun evaluate() = try {
                WorkManagerTestInitHelper.initializeTestWorkManager(app)
                SystemKeys.install()
                network(Network.UNMETERED)
                base.evaluate()
            } finally {
                close()
                phones.keys.forEach(::end)
            }
        }
        return folder.apply(compose.apply(inside, description), description)
    }

    /** A phone of its own, with an empty notebook. */
    fun phone(
        name: String = "phone",
        camera: Camera = PhoneCamera(app),
        load: (FieldbookConfig, KeyStore) -> FieldbookInterface = ::Fieldbook,
    ): Graph = Graph(app, folder.root.resolve(name), camera, load).also { phones[it] = name }

    /** The app on this phone has ended; what is left is the disk. Gives the phone as it is after that. */
    fun ended(phone: Graph, load: (FieldbookConfig, KeyStore) -> FieldbookInterface = ::Fieldbook): Graph {
        end(phone)
        return phone(checkNotNull(phones.remove(phone)), load = load)
    }

    /** A phone on which this person has enrolled and the first data have come, without a screen. */
    fun enrolled(office: OfficeRule, person: String, server: String = office.url): Graph = phone(person).also { graph ->
        runBlocking {
            graph.open()
            graph.fieldbook.setNetwork(Network.UNMETERED)
            graph.fieldbook.enrol(EnrolmentCode.Scanned(office.code(person, server)), "test")
            check(graph.fieldbook.syncNow().complete)
        }
    }

    /** Takes this phone into the hand: the app is opened anew on it. */
    fun open(phone: Graph) {
        close()
        app.graph = phone
        scenario = ActivityScenario.launch(MainActivity::class.java)
    }

    /** The app is opened with what it makes for itself, on this machine's phone without a notebook. */
    fun openAsItIs() {
        close()
        app.graph = null
        scenario = ActivityScenario.launch(MainActivity::class.java)
        phones[phoneInHand()] = File(app.applicationInfo.dataDir, "files").path
    }

    /** What the system starts by itself finds this phone's notebook. */
    fun use(phone: Graph) {
        app.graph = phone
    }

    /** The activity is made again from its saved state, as after a rotation. */
    fun recreate() {
        revived?.recreate() ?: checkNotNull(scenario).recreate()
    }

    /**
     * The system ends the app while it is out of sight and later brings it back: nothing is left but the disk and the saved state,
     * which goes through bytes as it does on a phone. Gives the phone as it is after that.
     */
    fun kill(phone: Graph): Graph {
        val kept = Bundle()
        activity { InstrumentationRegistry.getInstrumentation().callActivityOnSaveInstanceState(it, kept) }
        close()
        val again = ended(phone)
        app.graph = again
        revived = Robolectric.buildActivity(MainActivity::class.java).setup(kept.throughBytes())
        return again
    }

    /** As [kill], of the phone in the hand. */
    fun kill(): Graph = kill(phoneInHand())

    /** The phone on the screen. */
    fun phoneInHand(): Graph = checkNotNull(app.graph)

    /** Where everything of this phone lies. */
    fun home(phone: Graph): File = folder.root.resolve(phones.getValue(phone))

    /** The system's own way back. */
    fun back() {
        compose.waitForIdle()
        activity { it.onBackPressedDispatcher.onBackPressed() }
    }

    /** Asks until there is an answer; meanwhile the app goes on. */
    fun <T : Any> until(ask: suspend () -> T?): T {
        var answer: T? = null
        compose.waitUntil("an answer", PATIENCE_MS) {
            shadowOf(Looper.getMainLooper()).idle()
            runBlocking { ask() }.also { answer = it } != null
        }
        return checkNotNull(answer)
    }

    /** Sends and receives until nothing of this phone waits; a save can be undone first, so this takes ten seconds. */
    fun settle(phone: Graph) {
        until {
            val sent = outcome { phone.fieldbook.syncNow() } as? Outcome.Done
            sent?.value?.takeIf { it.complete && it.traffic.recordsWaiting == 0 && it.traffic.photosWaiting == 0 }
        }
    }

    /** The activity on the screen, for what the system would do to it. */
    fun activity(act: (MainActivity) -> Unit) {
        revived?.let { act(it.get()) } ?: checkNotNull(scenario).onActivity(act)
    }

    private fun close() {
        scenario?.close()
        revived?.close()
        scenario = null
        revived = null
    }

    /** What the app began when it went out of sight comes to its end first. */
    private fun end(phone: Graph) {
        val lasting = checkNotNull(phone.lasting.coroutineContext[Job])
        do shadowOf(Looper.getMainLooper()).idle() while (lasting.children.any())
        runBlocking { phone.presence.turn?.join() }
        (phone.fieldbook as AutoCloseable).close()
    }

    private fun Bundle.throughBytes(): Bundle {
        val out = Parcel.obtain().also { it.writeBundle(this) }
        val bytes = out.marshall()
        out.recycle()
        val back = Parcel.obtain().also { it.unmarshall(bytes, 0, bytes.size) }
        back.setDataPosition(0)
        return checkNotNull(back.readBundle(MainActivity::class.java.classLoader)).also { back.recycle() }
    }

    /** The activity goes out of sight, as with the home button. */
    fun leave() {
        checkNotNull(scenario).moveToState(Lifecycle.State.CREATED)
    }

    /** Waits for the system's question for this permission and answers it. */
    @Suppress("DEPRECATION") // the way the system answers
    fun answerPermission(permission: String, isGiven: Boolean) {
        var asked: ShadowActivity.PermissionsRequest? = null
        compose.waitUntil("$permission to be asked", PATIENCE_MS) {
            activity { asked = shadowOf(it).lastRequestedPermission }
            permission in asked?.requestedPermissions.orEmpty()
        }
        if (isGiven) shadowOf(app).grantPermissions(permission)
        val answer = if (isGiven) PackageManager.PERMISSION_GRANTED else PackageManager.PERMISSION_DENIED
        activity { it.onRequestPermissionsResult(checkNotNull(asked).requestCode, arrayOf(permission), intArrayOf(answer)) }
    }

    /** What the system says about the network from now on. */
    fun network(network: Network) {
        val connectivity = checkNotNull(app.getSystemService(ConnectivityManager::class.java))
        val shadow = shadowOf(connectivity)
        val capabilities = ShadowNetworkCapabilities.newInstance()
        if (network == Network.UNMETERED) shadowOf(capabilities).addCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED)
        shadow.setDefaultNetworkActive(network != Network.NO_NETWORK)
        val active = connectivity.activeNetwork ?: return
        shadow.setNetworkCapabilities(active, capabilities.takeIf { network != Network.NO_NETWORK })
        shadow.networkCallbacks.forEach {
            if (network == Network.NO_NETWORK) it.onLost(active) else it.onCapabilitiesChanged(active, capabilities)
        }
    }

    /** Waits until one thing with this text is there. */
    fun see(text: String, substring: Boolean = false): SemanticsNodeInteraction = see(hasText(text, substring))

    fun see(matcher: SemanticsMatcher): SemanticsNodeInteraction {
        compose.waitUntil("to see ${matcher.description}", PATIENCE_MS) {
            compose.onAllNodes(matcher).fetchSemanticsNodes(atLeastOneRootRequired = false).isNotEmpty()
        }
        return compose.onAllNodes(matcher)[0]
    }

    /** Waits for something that is not on the screen. */
    fun waitFor(what: String, condition: () -> Boolean) = compose.waitUntil(what, LONG_PATIENCE_MS) {
        shadowOf(Looper.getMainLooper()).idle()
        condition()
    }

    /** Waits until nothing with this text is there any more. */
    fun seeNo(text: String) = compose.waitUntil("no longer to see $text", PATIENCE_MS) {
        compose.onAllNodes(hasText(text)).fetchSemanticsNodes(atLeastOneRootRequired = false).isEmpty()
    }

    /** Taps what carries this word, scrolling to it if need be. */
    fun tap(word: String) = tap(hasText(word, substring = true) and hasClickAction())

    fun tap(matcher: SemanticsMatcher) {
        val node = see(matcher)
        runCatching { node.performScrollTo() } // what is pinned needs no scrolling, and cannot be scrolled to
        node.performClick()
        taps += 1
    }

    /** Types into the field with this label. */
    fun type(label: String, text: String) {
        see(hasText(label) and hasSetTextAction()).performTextInput(text)
    }

    private companion object {
        const val PATIENCE_MS = 30_000L
        const val LONG_PATIENCE_MS = 40_000L
    }
}
