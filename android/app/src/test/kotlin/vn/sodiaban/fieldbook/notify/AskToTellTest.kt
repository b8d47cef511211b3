package vn.sodiaban.fieldbook.notify

import android.Manifest.permission.POST_NOTIFICATIONS
import android.app.Application
import android.os.Looper
import androidx.activity.ComponentActivity
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
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

    @Test fun itIsAskedWhenTheFirstSavedRecordIsLeft() {
        val teller = Teller(ApplicationProvider.getApplicationContext<Application>(), "ask") { error("nothing is read") }
        var here by mutableStateOf<Place>(Place.Today)
        compose.setContent { AskToTell(here, teller) }
        listOf(Place.Petition(), Place.Today, Place.Saved("a", "b"), Place.Case("a")).forEach {
            here = it
            compose.waitForIdle()
            assertNull(asked)
        }
        here = Place.Saved("c", "d")
        compose.waitForIdle()
        here = Place.Today
        compose.waitUntil(30_000) {
            shadowOf(Looper.getMainLooper()).idle()
            asked != null
        }
        assertEquals(listOf(POST_NOTIFICATIONS), asked)
    }
}
