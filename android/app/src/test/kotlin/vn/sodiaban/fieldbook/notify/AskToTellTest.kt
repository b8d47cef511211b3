package vn.sodiaban.fieldbook.notify

import android.Manifest.permission.POST_NOTIFICATIONS
import android.app.Application
import android.os.Looper
import androidx.activity.ComponentActivity
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshots.Snapshot
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import vn.sodiaban.fieldbook.shell.Place

@RunWith(AndroidJUnit4::class)
class AskToTellTest {
    @get:Rule val compose = createAndroidComposeRule<ComponentActivity>()

    private val asked get() = shadowOf(compose.activity).lastRequestedPermission?.requestedPermissions?.toList()

    private var here by mutableStateOf<Place>(Place.Today)
    private var composed: Place? = null

    /** As a snapshot, since after other tests in the same JVM nobody tells the composition of a plain write from outside. */
    private fun go(place: Place) {
        Snapshot.withMutableSnapshot { here = place }
        compose.waitUntil("$place to be there", PATIENCE_MS) { composed == place }
    }

    @Test fun itIsAskedWhenTheFirstSavedRecordIsLeft() {
        val teller = Teller(ApplicationProvider.getApplicationContext<Application>(), "ask") { error("nothing is read") }
        compose.setContent {
            AskToTell(here, teller)
            SideEffect { composed = here }
        }
        listOf(Place.Petition(), Place.Today, Place.Saved("a", "b"), Place.Case("a")).forEach {
            go(it)
            compose.waitForIdle()
            assertNull(asked)
        }
        go(Place.Saved("c", "d"))
        go(Place.Today)
        compose.waitUntil("the question", PATIENCE_MS) {
            shadowOf(Looper.getMainLooper()).idle()
            asked != null
        }
        assertEquals(listOf(POST_NOTIFICATIONS), asked)
    }

    private companion object {
        const val PATIENCE_MS = 30_000L
    }
}
