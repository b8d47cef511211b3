package vn.sodiaban.fieldbook

import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import vn.sodiaban.fieldbook.shell.Root

/** The only activity: every screen is drawn in it. */
class MainActivity : ComponentActivity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        enableEdgeToEdge()
        super.onCreate(savedInstanceState)
        val graph = (application as FieldbookApp).graph()
        setContent { Root(graph) }
    }
}
